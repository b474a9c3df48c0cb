package io.vminventory.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class ApplyThrottleTest {

  private static final Instant LAST = Instant.parse("2026-11-23T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "0,250",
    "1,249",
    "249,1",
    "250,0",
    "3600000,0",
    "-1,250",
    "-3600000,250",
  })
  void appliesAreAQuarterOfASecondApart(long sinceLastMillis, long leftMillis) {
    assertThat(ApplyThrottle.remaining(LAST, LAST.plusMillis(sinceLastMillis)))
        .isEqualTo(Duration.ofMillis(leftMillis));
  }
}
