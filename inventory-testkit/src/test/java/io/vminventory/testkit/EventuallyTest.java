package io.vminventory.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("embedded")
class EventuallyTest {

  @Test
  void returnsTheFirstValueAsExpected() {
    AtomicInteger reads = new AtomicInteger();

    assertThat(Eventually.within(Duration.ofSeconds(5)).until(reads::incrementAndGet, n -> n == 3))
        .isEqualTo(3);
  }

  @Test
  void failsWithTheLastValue() {
    assertThatThrownBy(() -> Eventually.within(Duration.ZERO).until(() -> "red", "green"::equals))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("red");
  }

  @Test
  void failedAssertionsAreRetried() {
    AtomicInteger reads = new AtomicInteger();
    Eventually.within(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(reads.incrementAndGet()).isEqualTo(2));

    assertThat(reads).hasValue(2);
  }

  @Test
  void lastFailedAssertionIsTheCause() {
    AssertionError last = new AssertionError("not yet");
    assertThatThrownBy(
            () ->
                Eventually.within(Duration.ZERO)
                    .untilAsserted(
                        () -> {
                          throw last;
                        }))
        .hasCause(last)
        .hasMessageContaining("not yet");
  }

  @Test
  void manualClockMovesOnlyWhenAdvanced() {
    ManualClock clock = new ManualClock(Instant.EPOCH);
    assertThat(clock.instant()).isEqualTo(Instant.EPOCH);
    clock.advance(Duration.ofMinutes(3));

    assertThat(clock.instant()).isEqualTo(Instant.EPOCH.plusSeconds(180));
  }
}
