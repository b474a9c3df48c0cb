package io.vminventory.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class FiguresTest {

  @Test
  void percentilesAreTimesThatWereMeasured() {
    Figures figures = new Figures("what");
    assertThat(figures.percentile(50)).isZero();
    for (int i = 100; i >= 1; i--) {
      figures.add(Duration.ofMillis(i));
    }
    assertThat(figures.percentile(0)).isEqualTo(Duration.ofMillis(1));
    assertThat(figures.percentile(50)).isEqualTo(Duration.ofMillis(50));
    assertThat(figures.percentile(95)).isEqualTo(Duration.ofMillis(95));
    assertThat(figures.percentile(100)).isEqualTo(Duration.ofMillis(100));
    assertThat(figures).asString().contains("n=100").contains("median    50.0 ms");
  }
}
