package io.vminventory.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class ReportTest {

  private final Report report =
      new Report("read: 10 machines")
          .add(
              new Measurement(
                  "read",
                  List.of(
                      new Round(Duration.ofMillis(150), Duration.ofMillis(80), 1 << 20, 2 << 20),
                      new Round(Duration.ofMillis(100), Duration.ofMillis(60), 1 << 20, 3 << 20))))
          .add(Report.Figure.atMost(1.3, "read / floor", 1.5, "x"))
          .add(Report.Figure.atLeast(40, "second run", 90, "x"))
          .add(Report.Figure.of("response bytes", 2, "MiB"));

  @Test
  void tableShowsSpreadCostAndTargets() {
    assertThat(report.table())
        .startsWith("read: 10 machines\n")
        .containsPattern("read +2 +125\\.0 +100\\.0 \\.\\. +150\\.0 +0\\.07 +1\\.0 +3\\.0")
        .containsPattern("read / floor +1\\.50 x +at most 1\\.30: MISSED")
        .containsPattern("second run +90 x +at least 40: met")
        .containsPattern("response bytes +2 MiB\n");
  }

  @Test
  void jsonHasEveryRoundAndEveryTarget(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("report.json");
    Report.write(List.of(report), file);
    JsonNode json = new ObjectMapper().readTree(file.toFile()).get(0);
    assertThat(json.at("/measurements/0/roundMillis")).hasSize(2);
    assertThat(json.at("/measurements/0/medianMillis").asDouble()).isEqualTo(125);
    assertThat(json.at("/measurements/0/peakHeapBytes").asLong()).isEqualTo(3 << 20);
    assertThat(json.at("/machine/processors").asInt()).isPositive();
    assertThat(json.at("/figures/0/met").asBoolean(true)).isFalse();
    assertThat(json.at("/figures/1/met").asBoolean()).isTrue();
    assertThat(json.at("/figures/2").has("met")).isFalse();
  }

  @Test
  void figuresWorseThanTheFactorAreReturned() {
    assertThat(report.worseThan(1, Map.of()))
        .extracting(Report.Figure::label)
        .containsExactly("read / floor");
    assertThat(report.worseThan(2, Map.of())).isEmpty();
    assertThat(Report.Figure.atLeast(40, "slow", 19, "x").within(2)).isFalse();
    assertThat(Report.Figure.atLeast(40, "slow", 21, "x").within(2)).isTrue();
  }

  @Test
  void knownValueReplacesTheTargetIfItIsWorse() {
    Report known =
        new Report("known")
            .add(Report.Figure.atMost(1.3, "high", 5, "x"))
            .add(Report.Figure.atLeast(40, "low", 15, "x"));
    assertThat(known.worseThan(2, Map.of("high", 2.6, "low", 29.0))).isEmpty();
    assertThat(known.worseThan(2, Map.of("high", 2.4, "low", 31.0))).hasSize(2);
    assertThat(known.worseThan(2, Map.of("high", 0.5, "low", 50.0))).hasSize(2);
  }
}
