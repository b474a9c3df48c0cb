package io.vminventory.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class MeasurementTest {

  @Test
  void medianDoesNotDependOnTheOrder() {
    Measurement odd = of(30, 10, 500);
    assertThat(odd.wallTime()).isEqualTo(Duration.ofMillis(30));
    assertThat(odd.shortest()).isEqualTo(Duration.ofMillis(10));
    assertThat(odd.longest()).isEqualTo(Duration.ofMillis(500));
    assertThat(of(40, 10, 20, 30).wallTime()).isEqualTo(Duration.ofMillis(25));
    assertThat(odd.ratioTo(of(10))).isEqualTo(3.0);
  }

  @Test
  void measurementWithoutRoundsIsRefused() {
    assertThatThrownBy(() -> new Measurement("unmeasured", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("unmeasured");
  }

  @Test
  void threadStartedDuringTheRoundCountsFully() {
    assertThat(ProcessMeter.allocatedBetween(Map.of(1L, 100L, 2L, 50L), Map.of(1L, 130L, 3L, 7L)))
        .isEqualTo(37);
  }

  @Test
  void roundsTakeTurnsAndWarmUpsDoNotCount() throws Exception {
    List<String> order = new ArrayList<>();
    List<Measurement> measured =
        new RoundOptions(1, 2, Duration.ofMinutes(1))
            .alternate(
                List.of(
                    new BenchmarkCase("a", () -> order.add("a")),
                    new BenchmarkCase("b", () -> order.add("b"))));
    assertThat(order).containsExactly("a", "b", "a", "b", "a", "b");
    assertThat(measured).extracting(Measurement::label).containsExactly("a", "b");
    assertThat(measured.get(0).rounds()).hasSize(2);
  }

  @Test
  void oneRoundIsMeasuredEvenWithoutTimeLeft() throws Exception {
    List<Measurement> measured =
        new RoundOptions(5, 5, Duration.ZERO).alternate(List.of(new BenchmarkCase("a", () -> {})));
    assertThat(measured.get(0).rounds()).hasSize(1);
  }

  private static Measurement of(long... millis) {
    return new Measurement(
        "label",
        LongStream.of(millis)
            .mapToObj(value -> new Round(Duration.ofMillis(value), Duration.ZERO, 0, 0))
            .toList());
  }
}
