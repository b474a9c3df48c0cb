package io.vminventory.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class StatusTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  private final KubernetesSerialization serialization = new KubernetesSerialization();

  @Test
  void statusIsReadBackAsWritten() {
    Condition ready = new Condition("Ready", Condition.TRUE, "Synced", "11 machines", NOW, 3L);
    TenantStatus status =
        new TenantStatus(3L, "test-tenant", NOW, "now", "vCenter 8", 11, List.of(ready));

    String json = serialization.asJson(status);

    assertThat(serialization.unmarshal(json, TenantStatus.class)).isEqualTo(status);
    assertThat(json)
        .contains("\"execDate\":\"2026-11-23T00:00:00Z\"", "\"status\":\"True\"")
        .doesNotContain("holds");
    assertThat(status.condition("Ready")).contains(ready);
    assertThat(status.condition("Synced")).isEmpty();
  }

  @Test
  void emptyStatusStoresNothing() {
    assertThat(serialization.asJson(TenantStatus.empty())).isEqualTo("{}");
    assertThat(serialization.asJson(VmStatus.empty())).isEqualTo("{}");
    assertThat(serialization.asJson(new VmStatus.Nic(null, null, null))).isEqualTo("{}");
  }

  @Test
  void vmOfALaterVersionIsReadable() {
    VmResource vm =
        serialization.unmarshal(
            """
            apiVersion: vminventory.io/v1
            kind: VM
            metadata: {name: a}
            spec: {source: {tenant: t, tenantNamespace: n, key: k}, numCpu: 4}
            status: {vmname: a, powerState: hibernated, colour: blue}
            """,
            VmResource.class);

    assertThat(vm.getSpec().source()).isEqualTo(new VmSpec.Source("t", "n", "k"));
    assertThat(vm.getStatus().powerState()).isEqualTo("hibernated");
    assertThat(vm.getStatus().ips()).isEmpty();
  }

  @Test
  void recordHoldsEachOfItsAddressesOnce() {
    VmStatus status =
        serialization.unmarshal(
            """
            ips: [10.0.0.1, 10.0.0.2]
            primaryIP: 10.0.0.2
            nics: [{mac: m, network: LAN, ips: [10.0.0.2, 10.0.0.3]}, {}]
            """,
            VmStatus.class);

    assertThat(status.primaryIP()).isEqualTo("10.0.0.2").isSameAs(status.ips().get(1));
    assertThat(status.nics())
        .containsExactly(
            new VmStatus.Nic("m", "LAN", List.of("10.0.0.2", "10.0.0.3")),
            new VmStatus.Nic(null, null, null));
    assertThat(status.nics().get(0).ips().get(0)).isSameAs(status.primaryIP());
  }
}
