package io.vminventory.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class TenantSpecTest {

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @ParameterizedTest
  @CsvSource({
    "1s, PT1S",
    "30s, PT30S",
    "90s, PT90S",
    "10m, PT10M",
    "10m0s, PT10M",
    "1m30s, PT1M30S",
    "1h, PT1H",
    "1h30m, PT1H30M",
    "1h0m0s, PT1H",
    "1h15s, PT1H15S",
    "9999h, PT9999H"
  })
  void intervalIsReadAsWritten(String text, Duration expected) {
    assertThat(withInterval(text).readInterval()).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "soon", "0s", "0h10m", "-5m", "10", "10 m", "5M", "1d", "1.5h", "30s10m"})
  void intervalThatTheApiServerWouldRejectIsEmpty(String text) {
    assertThat(withInterval(text).readInterval()).isEmpty();
  }

  @Test
  void missingFieldsGetTheirDefaults() {
    TenantResource tenant =
        serialization.unmarshal(
            """
            apiVersion: vminventory.io/v1
            kind: Tenant
            metadata: {name: test}
            spec: {username: ike, passwordSecretRef: {name: test-pass}, invented: later}
            """,
            TenantResource.class);

    assertThat(tenant.getSpec())
        .isEqualTo(
            new TenantSpec(
                "ike",
                new PasswordSecretRef("test-pass", "password"),
                null,
                null,
                "default",
                SyncMode.WATCH,
                null,
                true,
                false,
                DeletionPolicy.DELETE));
    assertThat(tenant.getSpec().readInterval()).isEmpty();
  }

  @Test
  void derivedValuesAndNullsAreNotStored() {
    String json = serialization.asJson(withInterval("10m"));

    assertThat(json)
        .contains("\"interval\":\"10m\"", "\"sync\":\"Watch\"", "\"deletionPolicy\":\"Delete\"")
        .doesNotContain("readInterval", "null", "targetNamespace");
  }

  private static TenantSpec withInterval(String interval) {
    return new TenantSpec(
        "ike",
        new PasswordSecretRef("test-pass", null),
        null,
        null,
        null,
        null,
        interval,
        null,
        null,
        null);
  }
}
