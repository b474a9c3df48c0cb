package com.example.machines;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vminventory.api.PowerState;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.k8s.sink.RecordSource;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class MachineFormatTest {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final RecordSource SOURCE =
      new RecordSource(new TenantId("team", "ann"), "0a1b/vm-57");

  private final MachineFormat format = new MachineFormat();

  private static VirtualMachine.Builder web() {
    return VirtualMachine.builder(new VirtualMachineId(SOURCE.key()), "web")
        .powerState(PowerState.POWERED_ON)
        .numCpu(2)
        .memoryMB(2048)
        .ips(List.of("10.0.0.9", "10.0.0.1", "10.0.0.2"));
  }

  private MachineFacts facts(VirtualMachine machine) {
    return format.facts(machine, null, NOW);
  }

  private List<Object> compared(MachineFacts facts) {
    return format.fields().stream().map(field -> field.value().apply(facts)).toList();
  }

  @Test
  void recordHasNoSpecAndNoStatus() {
    String yaml = new KubernetesSerialization().asYaml(format.create(SOURCE, facts(web().build())));

    assertThat(yaml.lines().filter(line -> !line.startsWith("metadata")))
        .contains(
            "apiVersion: \"test.local/v1\"",
            "kind: \"Machine\"",
            "source: \"team/ann/0a1b/vm-57\"",
            "vmname: \"web\"",
            "powerState: \"poweredOn\"",
            "numCpu: 2",
            "memoryMB: 2048",
            "updateDate: \"2026-11-23T00:00:00Z\"")
        .noneMatch(line -> line.startsWith("spec") || line.startsWith("status"));
  }

  @Test
  void writtenFactsAreReadBack() {
    KubernetesSerialization yaml = new KubernetesSerialization();
    Machine written = format.create(SOURCE, facts(web().build()));

    Machine read = yaml.unmarshal(yaml.asYaml(written), Machine.class);

    assertThat(format.source(read)).contains(SOURCE);
    assertThat(format.facts(read)).isEqualTo(format.facts(written));
  }

  @Test
  void primaryAddressIsFirstAndTheOrderOfTheOthersDoesNotMatter() {
    MachineFacts facts = facts(web().build());
    VirtualMachine reordered = web().ips(List.of("10.0.0.9", "10.0.0.2", "10.0.0.1")).build();

    assertThat(facts.ip()).containsExactly("10.0.0.9", "10.0.0.1", "10.0.0.2");
    assertThat(facts(reordered)).isEqualTo(facts);
  }

  @Test
  void updateDateIsNotCompared() {
    VirtualMachine web = web().build();

    assertThat(compared(format.facts(web, null, NOW.plusSeconds(60))))
        .isEqualTo(compared(facts(web)));
  }

  @Test
  void updateDateChangesOnlyWithAFact() {
    MachineFacts before = facts(web().build());
    Instant later = NOW.plusSeconds(60);

    assertThat(format.facts(web().build(), before, later)).isEqualTo(before);
    assertThat(format.facts(web().numCpu(4).build(), before, later).updateDate()).isEqualTo(later);
  }

  @Test
  void absentFactIsLeftOut() {
    VirtualMachine bare = VirtualMachine.builder(new VirtualMachineId(SOURCE.key()), "web").build();

    assertThat(new KubernetesSerialization().asYaml(format.create(SOURCE, facts(bare))))
        .doesNotContain("numCpu", "powerState", "ip:", "null");
  }

  @Test
  void fieldsOfPeopleAreKept() {
    Machine record = new Machine("team/ann/k", facts(web().build()), "4711");

    Machine changed = format.change(record, facts(web().numCpu(4).build()));

    assertThat(changed.costCenter()).isEqualTo("4711");
    assertThat(changed.source()).isEqualTo(record.source());
    assertThat(changed.facts().numCpu()).isEqualTo(4);
    assertThat(record.facts().numCpu()).isEqualTo(2);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "web", "team/ann", "/ann/k", "team//k"})
  void recordWithoutAValidSourceHasNoOwner(String source) {
    assertThat(format.source(new Machine(source, facts(web().build()), null))).isEmpty();
  }
}
