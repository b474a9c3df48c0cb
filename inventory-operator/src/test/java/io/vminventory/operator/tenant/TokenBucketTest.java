package io.vminventory.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class TokenBucketTest {

  private static final Duration PERIOD = Duration.ofSeconds(6);

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final TokenBucket bucket = new TokenBucket(20, PERIOD, clock);

  @Test
  void aFullBucketAllowsOneBurst() {
    assertThat(takeAll()).isEqualTo(20);
    assertThat(takeAll()).isZero();
  }

  @Test
  void eachPeriodAddsOneToken() {
    takeAll();
    clock.advance(PERIOD.minusMillis(1));
    assertThat(takeAll()).isZero();
    clock.advance(Duration.ofMillis(1));
    assertThat(takeAll()).isEqualTo(1);
    clock.advance(PERIOD.multipliedBy(5).plusSeconds(3));
    assertThat(takeAll()).isEqualTo(5);
    clock.advance(Duration.ofSeconds(3));
    assertThat(takeAll()).as("the rest of the period is not lost").isEqualTo(1);
  }

  @Test
  void theBucketNeverExceedsItsCapacity() {
    takeAll();
    clock.advance(Duration.ofDays(365));
    assertThat(takeAll()).isEqualTo(20);
  }

  @Test
  void aClockThatIsSetBackDelaysTokensByOnePeriod() {
    takeAll();
    clock.advance(Duration.ofHours(-1));
    assertThat(takeAll()).isZero();
    clock.advance(PERIOD);
    assertThat(takeAll()).isEqualTo(1);
  }

  private int takeAll() {
    int taken = 0;
    while (bucket.tryTake()) {
      taken++;
    }
    return taken;
  }
}
