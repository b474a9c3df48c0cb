package io.vminventory.vsphere;

import static io.vminventory.vsphere.ObjectXml.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.api.Fact;
import io.vminventory.api.Nic;
import io.vminventory.api.PowerState;
import io.vminventory.api.VirtualMachine;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class MachineMapperTest {

  private static final MachineMapper MAPPER =
      new MachineMapper("uuid", new InventoryTree("group-d1", Map.of()));

  private static VirtualMachine map(ObjectXml object) throws Exception {
    return MAPPER.map(object.read());
  }

  private static ObjectXml full() {
    return vm("vm-57")
        .with("name", "r&amp;d%2fweb")
        .with("config.template", "false")
        .with("config.instanceUuid", "5012-a")
        .with("config.uuid", "4212-b")
        .with("config.hardware.numCPU", "2")
        .with("config.hardware.memoryMB", "2048")
        .with("config.guestFullName", "Debian GNU/Linux 12 (64-bit)")
        .with("guest.guestFullName", "something else")
        .with("guest.ipAddress", "10.0.0.5")
        .with("guest.net", ObjectXml.nic(-1, "172.17.0.1") + ObjectXml.nic(4000, "10.0.0.5"))
        .with("guest.hostName", "web.example")
        .with("guest.toolsRunningStatus", "guestToolsRunning")
        .with("runtime.powerState", "poweredOn")
        .with("later.property", "<thing><deep>1</deep></thing>");
  }

  @Test
  void everyPropertyBecomesAFact() throws Exception {
    VirtualMachine machine = map(full());

    assertThat(machine.id().value()).isEqualTo("uuid/vm-57");
    assertThat(machine.name()).isEqualTo("r&d/web");
    assertThat(machine.template()).hasValue(false);
    assertThat(machine.instanceUuid()).hasValue("5012-a");
    assertThat(machine.biosUuid()).hasValue("4212-b");
    assertThat(machine.numCpu()).hasValue(2);
    assertThat(machine.memoryMB()).hasValue(2048);
    assertThat(machine.guestOS()).hasValue("Debian GNU/Linux 12 (64-bit)");
    assertThat(machine.guestHostName()).hasValue("web.example");
    assertThat(machine.toolsStatus()).hasValue("guestToolsRunning");
    assertThat(machine.powerState()).hasValue(PowerState.POWERED_ON);
    assertThat(machine.ips()).containsExactly("10.0.0.5");
    assertThat(machine.nics())
        .containsExactly(Nic.of("00:50:56:ab:00:01", "VM Network", List.of("10.0.0.5")));
    assertThat(machine.unreadable()).isEmpty();
  }

  @Test
  void machineWithoutConfigurationHasEmptyFacts() throws Exception {
    VirtualMachine machine = map(vm("vm-1").with("name", "orphan"));

    assertThat(machine).isEqualTo(VirtualMachine.builder(machine.id(), "orphan").build());
  }

  @Test
  void guestReportCountsIfTheConfigurationHasNoValue() throws Exception {
    assertThat(map(vm("vm-1").with("name", "a").with("guest.guestFullName", "Linux")).guestOS())
        .hasValue("Linux");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-2", "two", "99999999999", "2.0", "<deep>2</deep>"})
  void invalidNumbersAreEmpty(String number) throws Exception {
    VirtualMachine machine =
        map(
            vm("vm-1")
                .with("name", "a")
                .with("config.hardware.numCPU", number)
                .with("config.hardware.memoryMB", number)
                .with("runtime.powerState", "poweredSideways")
                .with("config.template", "perhaps"));
    assertThat(machine).isEqualTo(VirtualMachine.builder(machine.id(), "a").build());
  }

  @Test
  void hiddenPropertiesMakeTheirFactsUnreadable() throws Exception {
    ObjectXml object = vm("vm-1");
    MachineMapper.PROPERTIES.forEach(path -> object.missing(path, "NoPermission"));
    VirtualMachine machine = map(object);

    assertThat(machine.name()).isEqualTo("vm-1");
    assertThat(machine.unreadable()).isEqualTo(EnumSet.allOf(Fact.class));
  }

  @Test
  void hiddenParentObjectHidesAllItsProperties() throws Exception {
    assertThat(map(vm("vm-1").with("name", "a").missing("config", "NoPermission")).unreadable())
        .containsExactly(
            Fact.NUM_CPU,
            Fact.MEMORY_MB,
            Fact.GUEST_OS,
            Fact.TEMPLATE,
            Fact.INSTANCE_UUID,
            Fact.BIOS_UUID);
  }

  @Test
  void factInAnotherPropertyIsReadable() throws Exception {
    VirtualMachine machine =
        map(
            vm("vm-1")
                .with("name", "a")
                .with("runtime.powerState", "poweredOn")
                .with("guest.ipAddress", "10.0.0.1")
                .missing("guest.net", "NoPermission")
                .with("guest.guestFullName", "Linux")
                .missing("config.guestFullName", "NoPermission"));
    assertThat(machine.ips()).containsExactly("10.0.0.1");
    assertThat(machine.guestOS()).hasValue("Linux");
    assertThat(machine.unreadable()).containsExactly(Fact.NICS);
  }

  @Test
  void poweredOffMachineIsKnownToHaveNoAddresses() throws Exception {
    assertThat(
            map(vm("vm-1")
                    .with("name", "a")
                    .with("runtime.powerState", "poweredOff")
                    .missing("guest.ipAddress", "NoPermission")
                    .missing("guest.net", "NoPermission"))
                .unreadable())
        .containsExactly(Fact.NICS);
  }

  @Test
  void referenceStandsInForANameThatIsUnknownOrUnreadable() throws Exception {
    for (ObjectXml unnamed : List.of(vm("vm-9"), vm("vm-9").with("name", "  "))) {
      VirtualMachine machine = map(unnamed);
      assertThat(machine.name()).isEqualTo("vm-9");
      assertThat(machine.unknown()).containsExactly(Fact.NAME);
      assertThat(machine.unreadable()).isEmpty();
    }
    VirtualMachine hidden = map(vm("vm-9").missing("name", "NoPermission"));
    assertThat(hidden.name()).isEqualTo("vm-9");
    assertThat(hidden.unreadable()).containsExactly(Fact.NAME);
    assertThat(hidden.unknown()).isEmpty();
  }

  @Test
  void lostSessionIsNotAnUnreadableFact() {
    assertThatThrownBy(() -> vm("vm-1").missing("name", "NotAuthenticated").read())
        .isInstanceOfSatisfying(
            SoapFault.class, f -> assertThat(f.name()).isEqualTo("NotAuthenticated"));
  }

  @Test
  void machineThatIsDeletedDuringTheReadIsGone() throws Exception {
    assertThat(vm("vm-1").missing("name", "ManagedObjectNotFound").read().isGone()).isTrue();
    assertThat(vm("vm-1").missing("name", "NoPermission").read().isGone()).isFalse();
  }
}
