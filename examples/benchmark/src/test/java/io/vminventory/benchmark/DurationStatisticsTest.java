package io.vminventory.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class DurationStatisticsTest {

  @Test
  void percentilesAreMeasuredDurations() {
    DurationStatistics durations = new DurationStatistics("label");
    assertThat(durations.percentile(50)).isZero();
    for (int i = 100; i >= 1; i--) {
      durations.add(Duration.ofMillis(i));
    }
    assertThat(durations.percentile(0)).isEqualTo(Duration.ofMillis(1));
    assertThat(durations.percentile(50)).isEqualTo(Duration.ofMillis(50));
    assertThat(durations.percentile(95)).isEqualTo(Duration.ofMillis(95));
    assertThat(durations.percentile(100)).isEqualTo(Duration.ofMillis(100));
    assertThat(durations).asString().contains("n=100").contains("median    50.0 ms");
  }
}
