package io.vminventory.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.api.InventoryException;
import io.vminventory.api.ProviderSettings;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ServerTimeoutsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private static ServerTimeouts of(Map<String, String> settings) throws InventoryException {
    ProviderSettings.Reader reader = new ProviderSettings("test", settings).read();
    ServerTimeouts timeouts = ServerTimeouts.read(reader);
    reader.finish();
    return timeouts;
  }

  @Test
  void settingsReplaceTheDefaultsOneByOne() throws Exception {
    assertThat(of(Map.of()))
        .isEqualTo(
            new ServerTimeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60)));
    assertThat(of(Map.of("silence-timeout", "1s")))
        .isEqualTo(new ServerTimeouts(Duration.ofSeconds(10), SECOND, Duration.ofSeconds(60)));
    assertThat(of(Map.of("connect-timeout", "5m", "request-timeout", "1h")))
        .isEqualTo(
            new ServerTimeouts(Duration.ofMinutes(5), Duration.ofSeconds(20), Duration.ofHours(1)));
  }

  @Test
  void valuesOutOfBoundsAreRefused() {
    assertThatThrownBy(
            () ->
                of(
                    Map.of(
                        "connect-timeout", "301s",
                        "silence-timeout", "99ms",
                        "request-timeout", "soon")))
        .hasMessageContaining("connect-timeout '301s'")
        .hasMessageContaining("silence-timeout '99ms'")
        .hasMessageContaining("request-timeout 'soon'");
    assertThatThrownBy(() -> new ServerTimeouts(SECOND, Duration.ZERO, SECOND))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("silence");
  }

  @Test
  void limitShortensOnlyLongerTimeouts() {
    assertThat(ServerTimeouts.DEFAULTS.atMost(Duration.ofSeconds(15)))
        .isEqualTo(
            new ServerTimeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(15)));
  }
}
