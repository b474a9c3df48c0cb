package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.server.ServerTimeouts;
import java.time.Duration;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class VsphereSettingsTest {

  private static final String PIN = "AB:".repeat(31) + "AB";

  private static VsphereSettings of(Map<String, String> values) throws InventoryException {
    return VsphereSettings.of(new ProviderSettings("test", values));
  }

  private static String refusal(Map<String, String> values) {
    InventoryException refused = catchThrowableOfType(InventoryException.class, () -> of(values));
    assertThat(refused.failure()).isEqualTo(Failure.MISCONFIGURED);
    return refused.getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "vc.example.com, https://vc.example.com/sdk, vc.example.com:443",
    "vc.example.com:8443, https://vc.example.com:8443/sdk, vc.example.com:8443",
    "https://vc.example.com, https://vc.example.com/sdk, vc.example.com:443",
    "https://vc.example.com/, https://vc.example.com/sdk, vc.example.com:443",
    "https://vc.example.com:8443/proxy/sdk, https://vc.example.com:8443/proxy/sdk, vc.example.com:8443",
    "http://127.0.0.1:8989, http://127.0.0.1:8989/sdk, 127.0.0.1:8989",
    "http://localhost, http://localhost/sdk, localhost:80",
    "[::1]:8443, https://[::1]:8443/sdk, [::1]:8443",
  })
  void hostCanBeWrittenShort(String host, String endpoint, String server) throws Exception {
    VsphereSettings settings = of(Map.of("host", host));
    assertThat(settings.endpoint()).hasToString(endpoint);
    assertThat(settings.server()).isEqualTo(server);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://vc",
        "vc:port",
        "vc:0",
        "vc:99999",
        "https://",
        "a b",
        "https://vc/sdk?x=1",
        "https://vc/sdk#x",
        "::1",
        "vc_1.example",
        "https:///sdk",
      })
  void invalidHostIsRefusedWithAnExample(String host) {
    assertThat(refusal(Map.of("host", host)))
        .contains("host '" + host + "'")
        .contains("vcenter.example.com");
  }

  @Test
  void accountInTheHostIsRefusedWithoutShowingIt() {
    assertThat(refusal(Map.of("host", "https://user:s3cret@vc"))).doesNotContain("s3cret");
  }

  @Test
  void defaultsAreTheDocumentedOnes() throws Exception {
    VsphereSettings settings = of(Map.of("host", "vc"));
    assertThat(settings.timeouts()).isEqualTo(ServerTimeouts.DEFAULTS);
    assertThat(settings.maxWait()).isEqualTo(Duration.ofSeconds(15));
    assertThat(settings.quota()).isEqualTo(new ServerLimits.Quota(1_000, 20, 8));
    assertThat(settings.pageSize()).isEqualTo(500);
    assertThat(settings.maxResponseMB()).isEqualTo(64);
    assertThat(settings.isVerified()).isTrue();
    assertThat(of(Map.of("host", "vc", "insecure", "true")).isVerified()).isFalse();
    assertThat(of(Map.of("host", "http://vc")).isVerified()).isFalse();
  }

  @Test
  void allMistakesAreReportedAtOnce() {
    assertThat(
            refusal(
                Map.ofEntries(
                    Map.entry("ca-file", "ca.pem"),
                    Map.entry("thumbprint", "ab:cd"),
                    Map.entry("insecure", "true"),
                    Map.entry("page-size", "many"),
                    Map.entry("max-wait", "1ms"),
                    Map.entry("max-sessions", "0"),
                    Map.entry("max-reads", "-1"),
                    Map.entry("max-logins-per-second", "1e3"),
                    Map.entry("request-timeout", "soon"),
                    Map.entry("silence-timeout", "2h"),
                    Map.entry("connect-timeout", "0s"),
                    Map.entry("colour", "blue"))))
        .contains(
            "host is required",
            "ca-file 'ca.pem' cannot be combined",
            "page-size 'many'",
            "max-wait '1ms'",
            "max-sessions '0' is not a number from 1 to 10000",
            "max-reads '-1'",
            "max-logins-per-second '1e3'",
            "silence-timeout '2h'",
            "request-timeout 'soon'",
            "connect-timeout '0s'",
            "colour is not a setting");
  }

  @Test
  void trustSettingsAreRefusedWithoutTls() {
    assertThat(refusal(Map.of("host", "http://vc", "thumbprint", PIN)))
        .contains("thumbprint", "http://");
  }

  @Test
  void factoryIsFoundByItsName() throws Exception {
    InventoryProviderFactory factory =
        ServiceLoader.load(InventoryProviderFactory.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.name().equals("vsphere"))
            .findFirst()
            .orElseThrow();
    assertThat(factory.create(new ProviderSettings("test", Map.of("host", "vc.invalid"))))
        .hasToString("vCenter vc.invalid:443");
  }
}
