package io.vminventory.vsphere;

import static io.vminventory.vsphere.ObjectXml.object;
import static io.vminventory.vsphere.ObjectXml.vm;
import static io.vminventory.vsphere.StubVcenter.fault;
import static io.vminventory.vsphere.StubVcenter.returns;
import static io.vminventory.vsphere.StubVcenter.returnsEach;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Change;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Updates of a session for scripted updates of the server, in any order. */
@Timeout(60)
@Tag("slow")
class UpdateStreamTest {

  private static final Duration NOW = Duration.ZERO;
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration BRIEF = Duration.ofMillis(200);
  private static final Update NOTHING = new Update.Changes(List.of());

  private StubVcenter stub;

  @BeforeEach
  void start() throws Exception {
    stub = new StubVcenter();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private static String machine(String reference, String name) {
    return vm(reference).with("name", name).xml();
  }

  private static String enter(String reference, String name) {
    return vm(reference).with("name", name).update("enter");
  }

  private static String set(int version, String... updates) {
    return "<version>%d</version><filterSet><filter type='PropertyFilter'>f</filter>%s</filterSet>"
        .formatted(version, String.join("", updates));
  }

  private static String part(int version, String... updates) {
    return set(version, updates) + "<truncated>true</truncated>";
  }

  /** A session of a server that responds with these sets of updates, and then with none. */
  private InventorySession watching(String... sets) throws Exception {
    List<StubVcenter.Response> responses = new ArrayList<>();
    for (String set : sets) {
      responses.add(returns(set));
    }
    responses.add(stub.silence());
    stub.on("WaitForUpdatesEx", responses.toArray(StubVcenter.Response[]::new));
    return stub.open(Map.of());
  }

  private static Inventory snapshot(InventorySession session) throws Exception {
    return ((Update.Snapshot) session.next(NOW)).inventory();
  }

  private static List<Change> changes(InventorySession session) throws Exception {
    return ((Update.Changes) session.next(LONG)).changes();
  }

  private static List<String> names(List<Change> changes) {
    return changes.stream()
        .map(
            change ->
                change instanceof Change.Put put
                    ? put.machine().name()
                    : "-" + change.id().value().replace("uuid/", ""))
        .toList();
  }

  private int waits() {
    return Collections.frequency(stub.operations(), "WaitForUpdatesEx");
  }

  @Test
  void changesBetweenTheReadAndTheFirstRequestAreReported() throws Exception {
    stub.onMachines(returns(machine("vm-1", "a") + machine("vm-2", "b") + machine("vm-3", "c")));
    try (InventorySession session =
        watching(set(1, enter("vm-1", "a"), enter("vm-2", "new"), enter("vm-4", "d")))) {
      snapshot(session);
      assertThat(names(changes(session))).containsExactlyInAnyOrder("new", "-vm-3", "d");
    }
  }

  @Test
  void eachRequestHasTheLastVersion() throws Exception {
    try (InventorySession session =
        watching(set(7, enter("vm-1", "a")), set(8, enter("vm-2", "b")))) {
      snapshot(session);
      changes(session);
      changes(session);
      assertThat(session.next(BRIEF)).isEqualTo(NOTHING);
    }
    assertThat(stub.requests())
        .filteredOn(request -> request.contains("<WaitForUpdatesEx"))
        .extracting(request -> request.replaceAll("(?s).*<version>(.*)</version>.*", "$1"))
        .containsExactly("", "7", "8");
  }

  @Test
  void partsAreJoinedBeforeAnyIsReported() throws Exception {
    try (InventorySession session =
        watching(
            part(1, enter("vm-1", "a")),
            part(2, enter("vm-2", "b")),
            set(3, enter("vm-3", "c")),
            part(4, vm("vm-1").with("name", "a2").update("modify")),
            set(5, vm("vm-1").with("name", "a3").update("modify")))) {
      snapshot(session);
      assertThat(names(changes(session))).containsExactly("a", "b", "c");
      assertThat(names(changes(session))).containsExactly("a3");
    }
  }

  @Test
  void endlessPartsAreNotAnUpdate() throws Exception {
    stub.on("WaitForUpdatesEx", returns(part(1, enter("vm-1", "a"))));
    try (InventorySession session = stub.open(Map.of())) {
      snapshot(session);
      assertThat(failureOfNext(session)).isEqualTo(Failure.MISCONFIGURED);
    }
  }

  @Test
  void lostPartDiscardsTheOthers() throws Exception {
    stub.onMachines(returns(machine("vm-1", "a") + machine("vm-2", "b")));
    stub.on("WaitForUpdatesEx", returns(part(1, enter("vm-1", "a"))), StubVcenter.status(503));
    try (InventorySession session = stub.open(Map.of())) {
      snapshot(session);
      assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
    }
  }

  @Test
  void enteringAgainIsNotAChange() throws Exception {
    try (InventorySession session =
        watching(
            set(1, enter("vm-1", "a")),
            set(2, enter("vm-1", "a"), enter("vm-1", "a")),
            set(3, enter("vm-1", "b"), enter("vm-1", "c")))) {
      snapshot(session);
      changes(session);
      assertThat(names(changes(session))).containsExactly("c");
    }
  }

  @Test
  void machineThatIsGoneIsRemoved() throws Exception {
    stub.on("RetrieveProperties", notFound("vm-1"));
    try (InventorySession session =
        watching(set(1, enter("vm-1", "a")), set(2, vm("vm-1").update("leave")))) {
      snapshot(session);
      changes(session);
      assertThat(names(changes(session))).containsExactly("-vm-1");
    }
  }

  @Test
  void machineThatEntersAndLeavesInOneSetStaysIfItExists() throws Exception {
    stub.on("RetrieveProperties", returnsEach(vm("vm-1").with("name", "newer").content()));
    try (InventorySession session =
        watching(
            set(1, enter("vm-1", "a")),
            set(2, enter("vm-1", "moved"), vm("vm-1").update("leave")),
            set(3, vm("vm-1").update("leave"), enter("vm-1", "moved")))) {
      snapshot(session);
      changes(session);
      assertThat(names(changes(session))).containsExactly("moved");
      assertThat(session.next(BRIEF)).isEqualTo(NOTHING);
    }
  }

  @Test
  void machineThatTheAccountNoLongerSeesIsRemoved() throws Exception {
    stub.on(
        "RetrieveProperties",
        returnsEach(vm("vm-1").missing("name", "NoPermission").content()),
        returnsEach());
    try (InventorySession session =
        watching(
            set(1, enter("vm-1", "a"), enter("vm-2", "b")),
            set(2, vm("vm-1").update("leave")),
            set(3, vm("vm-2").update("leave")))) {
      snapshot(session);
      changes(session);
      assertThat(names(changes(session))).containsExactly("-vm-1");
      assertThat(names(changes(session))).containsExactly("-vm-2");
    }
  }

  @Test
  void machineThatLeavesButExistsLetsEverythingBeReadAgain() throws Exception {
    stub.on("RetrieveProperties", returnsEach(vm("vm-1").with("name", "a").content()));
    try (InventorySession session =
        watching(
            set(1, enter("vm-1", "a"), enter("vm-2", "b")),
            set(2, vm("vm-1").update("leave")),
            set(3, enter("vm-1", "a"), enter("vm-2", "c")))) {
      snapshot(session);
      changes(session);
      assertThat(((Update.Snapshot) session.next(LONG)).inventory().machines())
          .extracting(VirtualMachine::name)
          .containsExactlyInAnyOrder("a", "c");
    }
  }

  @Test
  void uncertaintyThatCannotBeResolvedEndsTheSession() throws Exception {
    stub.on("RetrieveProperties", StubVcenter.status(503));
    try (InventorySession session =
        watching(set(1, enter("vm-1", "a")), set(2, vm("vm-1").update("leave")))) {
      snapshot(session);
      changes(session);
      assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
    }
  }

  @Test
  void changeOfAMachineThatNeverEnteredIsReadCompletely() throws Exception {
    stub.on(
        "RetrieveProperties",
        returnsEach(
            vm("vm-9").with("name", "whole").with("config.hardware.numCPU", "4").content()));
    try (InventorySession session =
        watching(
            set(1),
            set(2, vm("vm-9").with("name", "half").update("modify")),
            set(3, enter("vm-9", "whole")))) {
      snapshot(session);
      VirtualMachine machine =
          ((Update.Snapshot) session.next(LONG)).inventory().machines().iterator().next();
      assertThat(machine.name()).isEqualTo("whole");
    }
  }

  @Test
  void unsetValueBecomesEmpty() throws Exception {
    String whole =
        vm("vm-1")
            .with("name", "a")
            .with("guest.hostName", "host")
            .with("config.hardware.numCPU", "4")
            .with("runtime.powerState", "poweredOn")
            .with("guest.net", ObjectXml.nic(4000, "10.0.0.1"))
            .update("enter");
    try (InventorySession session =
        watching(
            set(1, whole),
            set(
                2,
                vm("vm-1")
                    .without("guest.hostName")
                    .with("guest.net", "")
                    .update("modify")
                    .replace("<name>guest.hostName", "<name> guest.hostName")),
            set(3, vm("vm-1").missing("config.hardware.numCPU", "NoPermission").update("modify")),
            set(4, vm("vm-1").with("config.hardware.numCPU", "8").update("modify")))) {
      snapshot(session);
      VirtualMachine machine = put(changes(session));
      assertThat(machine.guestHostName()).hasValue("host");
      assertThat(machine.ips()).containsExactly("10.0.0.1");
      machine = put(changes(session));
      assertThat(machine.guestHostName()).isEmpty();
      assertThat(machine.ips()).isEmpty();
      assertThat(machine.numCpu()).hasValue(4);
      machine = put(changes(session));
      assertThat(machine.numCpu()).isEmpty();
      assertThat(machine.unreadable()).hasToString("[numCpu]");
      machine = put(changes(session));
      assertThat(machine.numCpu()).hasValue(8);
      assertThat(machine.unreadable()).isEmpty();
    }
  }

  private static VirtualMachine put(List<Change> changes) {
    assertThat(changes).hasSize(1);
    return ((Change.Put) changes.get(0)).machine();
  }

  @Test
  void renamedFolderChangesTheMachinesInIt() throws Exception {
    String folder =
        object("Folder", "group-v3")
            .with("name", "web")
            .withReference("parent", "Folder", "group-d1")
            .update("enter");
    String inside =
        vm("vm-1").with("name", "in").withReference("parent", "Folder", "group-v3").update("enter");
    try (InventorySession session =
        watching(
            set(1, inside, enter("vm-2", "out")),
            set(2, folder),
            set(3, object("Folder", "group-v3").with("name", "shop").update("modify")))) {
      snapshot(session);
      changes(session);
      assertThat(put(changes(session)).folder()).hasValue("/web");
      assertThat(put(changes(session)).folder()).hasValue("/shop");
    }
  }

  @Test
  void refusedVersionIsFollowedByACompleteSnapshot() throws Exception {
    stub.on(
        "WaitForUpdatesEx",
        returns(set(1, enter("vm-1", "a"), enter("vm-2", "b"))),
        fault("InvalidCollectorVersion", ""),
        returns(set(1, enter("vm-2", "b"))),
        returns(set(2, enter("vm-3", "c"))),
        stub.silence());
    try (InventorySession session = stub.open(Map.of())) {
      snapshot(session);
      changes(session);
      assertThat(((Update.Snapshot) session.next(LONG)).inventory().machines())
          .extracting(VirtualMachine::name)
          .containsExactly("b");
      assertThat(names(changes(session))).containsExactly("c");
    }
  }

  @Test
  void accountThatSeesNothingWaitsForSomething() throws Exception {
    stub.on(
        "WaitForUpdatesEx",
        returns(""),
        returns(""),
        returns(set(1, enter("vm-1", "a"))),
        stub.silence());
    try (InventorySession session = stub.open(Map.of())) {
      snapshot(session);
      assertThat(names(changes(session))).containsExactly("a");
    }
  }

  @Test
  void requestOutlivesTheCallThatMadeIt() throws Exception {
    try (InventorySession session = watching(set(1, enter("vm-1", "a")))) {
      snapshot(session);
      changes(session);
      for (int i = 0; i < 20; i++) {
        assertThat(session.next(Duration.ofMillis(i))).isEqualTo(NOTHING);
      }
      assertThat(session.next(Duration.ofSeconds(-1))).isEqualTo(NOTHING);
      assertThat(waits()).isEqualTo(2);
    }
  }

  @Test
  void waitWithoutAResponseFails() throws Exception {
    stub.on("WaitForUpdatesEx", returns(set(1)), stub.silence());
    try (InventorySession session =
        stub.open(Map.of("max-wait", "1s", "silence-timeout", "300ms"))) {
      snapshot(session);
      long start = System.nanoTime();
      assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    }
  }

  @Test
  void invalidUpdateEndsTheSession() throws Exception {
    for (String nonsense :
        List.of(
            set(1, vm("vm-1").update("vanish")),
            "<filterSet/>",
            set(1, vm("vm 1/x").with("name", "a").update("enter")))) {
      try (InventorySession session = watching(nonsense)) {
        snapshot(session);
        assertThat(failureOfNext(session)).isEqualTo(Failure.MISCONFIGURED);
      }
    }
  }

  @Test
  void lostSessionReportedForAPropertyEndsTheSession() throws Exception {
    try (InventorySession session =
        watching(
            set(1, enter("vm-1", "a")),
            set(2, vm("vm-1").missing("name", "NotAuthenticated").update("modify")))) {
      snapshot(session);
      changes(session);
      assertThat(failureOfNext(session)).isEqualTo(Failure.UNAVAILABLE);
    }
  }

  private static StubVcenter.Response notFound(String reference) {
    return fault(
        "ManagedObjectNotFound",
        "has been deleted",
        "<obj type='VirtualMachine'>%s</obj>".formatted(reference));
  }

  private static Failure failureOfNext(InventorySession session) {
    return catchThrowableOfType(InventoryException.class, () -> session.next(LONG)).failure();
  }
}
