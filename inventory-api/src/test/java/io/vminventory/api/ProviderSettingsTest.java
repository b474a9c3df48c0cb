package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class ProviderSettingsTest {

  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofHours(24);

  @ParameterizedTest
  @CsvSource({"500ms,PT0.5S", "30s,PT30S", "10m,PT10M", "1h,PT1H", "PT90S,PT90S", "' 5s ',PT5S"})
  void readsTimes(String text, Duration expected) throws InventoryException {
    ProviderSettings.Reader reader = settings(Map.of("wait", text)).read();
    assertThat(reader.duration("wait", Duration.ZERO, LEAST, MOST)).isEqualTo(expected);
    reader.finish();
  }

  @Test
  void reportsAllProblemsAtOnce() {
    ProviderSettings.Reader reader =
        settings(Map.of("wait", "soon", "flag", "yes", "long", "48h", "hots", "x")).read();
    reader.required("host");
    boolean flag = reader.flag("flag", false);
    reader.duration("wait", Duration.ZERO, LEAST, MOST);
    reader.duration("long", Duration.ZERO, LEAST, MOST);
    assertThat(flag).isFalse();
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(reader::finish)
        .matches(e -> e.failure() == Failure.MISCONFIGURED)
        .withMessageContaining("settings of server 'lab'")
        .withMessageContaining("host is required")
        .withMessageContaining("flag 'yes' is neither true nor false")
        .withMessageContaining("wait 'soon' is not a time")
        .withMessageContaining("long '48h' is not between PT0.1S and PT24H")
        .withMessageContaining(
            "hots is not a setting; did you mean host? There are: flag, host, long, wait");
  }

  @Test
  void blankCountsAsNotSet() throws InventoryException {
    ProviderSettings.Reader reader = settings(Map.of("ca-file", "  ")).read();
    assertThat(reader.text("ca-file")).isEmpty();
    reader.finish();
  }

  private static ProviderSettings settings(Map<String, String> values) {
    return new ProviderSettings("lab", values);
  }
}
