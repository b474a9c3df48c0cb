package io.vminventory.vsphere;

import static io.vminventory.vsphere.Simulators.machine;
import static io.vminventory.vsphere.Simulators.open;
import static io.vminventory.vsphere.Simulators.snapshot;
import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Change;
import io.vminventory.api.Fact;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import io.vminventory.testkit.vcenter.SimulatedFault;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterBuilder;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no foreign simulator can show: restricted accounts, and every page counted. */
@Timeout(120)
@Tag("embedded")
class VsphereSimulatorTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  /** Ten machines, of which those with odd numbers are on a host without a cluster. */
  private static VcenterBuilder ten() {
    return Simulators.builder()
        .machines(
            10,
            i ->
                SimulatedMachine.named("m" + i)
                    .folder("/DC0/vm/web")
                    .host(i % 2 == 0 ? "C0-H0" : "H0")
                    .poweredOn()
                    .ip("10.0.0." + i));
  }

  private static VcenterSimulator tenFor(Visibility visibility) {
    return ten().account("ann", "ann's", visibility).start();
  }

  @Test
  void accountGetsExactlyTheMachinesThatItSees() throws Exception {
    try (VcenterSimulator vcenter = tenFor(Visibility.only("m1", "m4", "m7").withHosts())) {
      Inventory inventory = snapshot(vcenter);

      assertThat(inventory.machines())
          .extracting(VirtualMachine::name)
          .containsExactlyInAnyOrder("m1", "m4", "m7");
      assertThat(inventory.machines())
          .allSatisfy(
              machine -> {
                assertThat(machine.datacenter()).hasValue("DC0");
                assertThat(machine.folder()).hasValue("/DC0/vm/web");
                assertThat(machine.unreadable()).isEmpty();
              });
      assertThat(machine(inventory, "m4").host()).hasValue("C0-H0");
      assertThat(machine(inventory, "m4").cluster()).hasValue("C0");
      assertThat(machine(inventory, "m1").host()).hasValue("H0");
      assertThat(machine(inventory, "m1").cluster()).isEmpty();
    }
  }

  @Test
  void entitiesTheAccountDoesNotSeeAreUnreadable() throws Exception {
    try (VcenterSimulator vcenter = tenFor(Visibility.only("m1", "m4", "m7"))) {
      assertThat(snapshot(vcenter).machines())
          .hasSize(3)
          .allSatisfy(
              machine -> {
                assertThat(machine.host()).isEmpty();
                assertThat(machine.cluster()).isEmpty();
                assertThat(machine.folder()).hasValue("/DC0/vm/web");
                assertThat(machine.unreadable()).containsExactly(Fact.HOST, Fact.CLUSTER);
              });
    }
  }

  @Test
  void accountThatSeesNothingHasNothing() throws Exception {
    try (VcenterSimulator vcenter = tenFor(Visibility.only())) {
      assertThat(snapshot(vcenter).size()).isZero();
    }
  }

  @Test
  void machineWithUnreadablePropertiesIsKept() throws Exception {
    Visibility some = Visibility.only("m4").withHosts();
    try (VcenterSimulator vcenter = tenFor(some.unreadable("config", "guest.net"))) {
      VirtualMachine machine = machine(snapshot(vcenter), "m4");
      assertThat(machine.unreadable())
          .containsExactly(
              Fact.NUM_CPU,
              Fact.MEMORY_MB,
              Fact.NICS,
              Fact.TEMPLATE,
              Fact.INSTANCE_UUID,
              Fact.BIOS_UUID);
      assertThat(machine.numCpu()).isEmpty();
      assertThat(machine.guestOS()).hasValue("Ubuntu Linux (64-bit)");
      assertThat(machine.primaryIP()).hasValue("10.0.0.4");
    }
    try (VcenterSimulator vcenter = tenFor(some.unreadable("name", "runtime", "guest", "parent"))) {
      VirtualMachine machine = snapshot(vcenter).machines().iterator().next();
      assertThat(machine.name()).isEqualTo(vcenter.id("m4"));
      assertThat(machine.numCpu()).hasValue(1);
      assertThat(machine.unreadable())
          .containsExactly(
              Fact.NAME,
              Fact.POWER_STATE,
              Fact.IPS,
              Fact.NICS,
              Fact.GUEST_HOST_NAME,
              Fact.TOOLS_STATUS,
              Fact.HOST,
              Fact.CLUSTER,
              Fact.DATACENTER,
              Fact.FOLDER);
    }
  }

  @Test
  void changeOfVisibilityAddsAndRemovesMachines() throws Exception {
    try (VcenterSimulator vcenter = tenFor(Visibility.only("m1", "m4"));
        InventorySession session = open(vcenter)) {
      Inventory before = snapshot(session);
      vcenter.changeVisibility("ann", Visibility.only("m4", "m7"));
      Update.Changes changes = (Update.Changes) session.next(LONG);

      Inventory after = before.with(changes.changes());
      assertThat(changes.changes()).hasSize(2);
      assertThat(changes.changes()).contains(new Change.Remove(machine(before, "m1").id()));
      assertThat(after.machines())
          .extracting(VirtualMachine::name)
          .containsExactlyInAnyOrder("m4", "m7");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 1_200, 10_000})
  void roundTripsGrowOnlyWithPages(int machines) throws Exception {
    try (VcenterSimulator vcenter =
        Simulators.builder()
            .account("ann", "ann's")
            .machines(machines, i -> SimulatedMachine.named("m" + i).folder("/DC0/vm/f" + i % 7))
            .start()) {
      Inventory inventory = snapshot(vcenter);

      assertThat(inventory.machines().stream().map(VirtualMachine::name).distinct())
          .hasSize(machines);
      Map<String, Integer> expected =
          new HashMap<>(
              Map.of(
                  "RetrieveServiceContent", 1,
                  "Login", 1,
                  "CreatePropertyCollector", 1,
                  "CreateContainerView", 2,
                  "RetrievePropertiesEx", 2,
                  "Logout", 1));
      int furtherPages = (machines - 1) / 500;
      if (furtherPages > 0) {
        expected.put("ContinueRetrievePropertiesEx", furtherPages);
      }
      assertThat(vcenter.requests()).isEqualTo(expected);
    }
  }

  @Test
  void accountThatIsRefusedFurtherPagesReadsInChunks() throws Exception {
    try (VcenterSimulator vcenter =
        Simulators.builder()
            .account("ann", "ann's")
            .machines(600, i -> SimulatedMachine.named("m" + i))
            .start()) {
      vcenter
          .faults()
          .inject("ContinueRetrievePropertiesEx", 9, SimulatedFault.soap("NoPermission"));
      try (InventorySession session = open(vcenter)) {
        assertThat(snapshot(session).size()).isEqualTo(600);
        vcenter.remove("m7");
        assertThat(((Update.Changes) session.next(LONG)).changes()).hasSize(1);
      }
      assertThat(vcenter.requests("ContinueRetrievePropertiesEx")).isEqualTo(1);
    }
  }

  @Test
  void machineThatIsDeletedBetweenTwoPagesIsLeftOut() throws Exception {
    try (VcenterSimulator vcenter =
        Simulators.builder()
            .account("ann", "ann's")
            .machines(600, i -> SimulatedMachine.named("m" + i))
            .start()) {
      vcenter.faults().inject("ContinueRetrievePropertiesEx", SimulatedFault.delay(LONG));
      FutureTask<Inventory> read = new FutureTask<>(() -> snapshot(vcenter));
      new Thread(read, "reader").start();
      Simulators.awaitHeld(vcenter);
      vcenter.remove("m550");
      vcenter.faults().release();

      assertThat(read.get(30, TimeUnit.SECONDS).machines())
          .hasSize(599)
          .extracting(VirtualMachine::name)
          .doesNotContain("m550");
    }
  }

  @Test
  void machineInAVAppIsInTheFolderOfTheVApp() throws Exception {
    try (VcenterSimulator vcenter =
        Simulators.builder()
            .datacenter("Europe/DC1", dc -> dc.cluster("C1", "H1").vApp("shop"))
            .machine(SimulatedMachine.named("till").folder("/Europe/DC1/vm").vApp("shop"))
            .account("ann", "ann's")
            .start()) {
      for (Visibility visibility : List.of(Visibility.everything(), Visibility.only("till"))) {
        vcenter.changeVisibility("ann", visibility);
        VirtualMachine till = machine(snapshot(vcenter), "till");
        assertThat(till.folder()).hasValue("/Europe/DC1/vm");
        assertThat(till.datacenter()).hasValue("DC1");
      }
    }
  }

  @Test
  void namesArriveAsWritten() throws Exception {
    List<String> names =
        List.of(
            "a/b",
            "50% \\ 5%25",
            "%2f",
            "<&>\"'",
            " two  spaces ",
            "tab\tend",
            "böse",
            "東京 🗼",
            "x".repeat(80),
            "same",
            "same",
            "vm-1");
    VcenterBuilder builder = Simulators.builder().account("ann", "ann's");
    names.forEach(name -> builder.machine(SimulatedMachine.named(name)));
    try (VcenterSimulator vcenter = builder.start()) {
      assertThat(snapshot(vcenter).machines())
          .extracting(VirtualMachine::name)
          .containsExactlyInAnyOrderElementsOf(names);
    }
  }
}
