package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Change;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.testkit.changes.ExpectedMachine;
import io.vminventory.testkit.changes.PlatformActions;
import io.vminventory.testkit.changes.RandomChanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a session that watches promises, on the embedded vCenter and on a foreign one. */
@Timeout(180)
abstract class VsphereWatchContract {

  private static final Duration SLICE = Duration.ofMillis(200);
  private static final Duration CHANGE_TIMEOUT = Duration.ofSeconds(30);

  private final Set<VirtualMachineId> removed = new HashSet<>();
  private final List<String> made = new ArrayList<>();
  private TestVcenter vcenter;
  private PlatformActions world;
  private InventorySession session;
  private Inventory inventory;

  /** Reaches the vCenter; called once for each test. */
  abstract TestVcenter connect() throws Exception;

  @BeforeEach
  void start() throws Exception {
    vcenter = connect();
    world = vcenter.world();
    session = vcenter.provider(Map.of()).open(vcenter.tenant(), SessionPurpose.WATCH);
    inventory = ((Update.Snapshot) session.next(Duration.ZERO)).inventory();
  }

  @AfterEach
  void stop() {
    session.close();
    List.copyOf(made).forEach(vcenter::remove);
    vcenter.close();
  }

  private String add(String name) {
    String machine = vcenter.add(name);
    made.add(machine);
    return machine;
  }

  private void remove(String machine) {
    made.remove(machine);
    removed.add(vcenter.id(machine));
    vcenter.remove(machine);
  }

  private void remove(String machine, ExpectedMachine as) {
    if (as.poweredOn()) {
      world.power(machine, false);
    }
    world.remove(machine);
  }

  /** Follows until the inventory is as expected; on the way nothing that exists may be removed. */
  private void follow(Predicate<Inventory> expected) throws Exception {
    long end = System.nanoTime() + CHANGE_TIMEOUT.toNanos();
    while (!expected.test(inventory)) {
      assertThat(System.nanoTime()).as("still " + inventory).isLessThan(end);
      fold(session.next(SLICE));
    }
  }

  private void fold(Update update) {
    if (update instanceof Update.Changes changes) {
      assertThat(changes.changes())
          .filteredOn(Change.Remove.class::isInstance)
          .extracting(Change::id)
          .isSubsetOf(removed);
      inventory = inventory.with(changes.changes());
    } else if (update instanceof Update.Snapshot snapshot) {
      inventory = snapshot.inventory();
    }
  }

  /** Follows to what a session sees that begins now. */
  private void followToTheEnd() throws Exception {
    Inventory now = fresh();
    try {
      follow(now::equals);
    } catch (AssertionError e) {
      throw new AssertionError("not reported: " + now.changesSince(inventory), e);
    }
  }

  private void followMachine(String machine, Predicate<VirtualMachine> expected) throws Exception {
    VirtualMachineId id = vcenter.id(machine);
    follow(inventory -> inventory.find(id).filter(expected).isPresent());
  }

  private Inventory fresh() throws Exception {
    try (InventorySession other =
        vcenter.provider(Map.of()).open(vcenter.tenant(), SessionPurpose.WATCH)) {
      return ((Update.Snapshot) other.next(Duration.ZERO)).inventory();
    }
  }

  private static String unique(String name) {
    return name + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  @Test
  void machineThatMovesToAnotherFolderIsNeverRemoved() throws Exception {
    String folder = unique("folder");
    String machine = add(unique("moving"));
    followMachine(machine, vm -> true);
    world.addFolder(folder);
    world.moveToFolder(machine, folder);

    followMachine(machine, vm -> vm.folder().orElse("").endsWith("/" + folder));
    followToTheEnd();
  }

  @Test
  void renamedFolderIsAChangeOfTheMachinesInIt() throws Exception {
    String folder = unique("before");
    String machine = add(unique("inside"));
    world.addFolder(folder);
    world.moveToFolder(machine, folder);
    followMachine(machine, vm -> vm.folder().orElse("").endsWith("/" + folder));
    String renamed = unique("after");
    world.renameFolder(folder, renamed);

    followMachine(machine, vm -> vm.folder().orElse("").endsWith("/" + renamed));
  }

  @Test
  void hardwareChangeIsReported() throws Exception {
    String machine = add(unique("hardware"));
    world.reconfigure(machine, 3, 3072);

    followMachine(
        machine,
        vm -> vm.numCpu().equals(OptionalInt.of(3)) && vm.memoryMB().equals(OptionalInt.of(3072)));
  }

  @Test
  void moreChangesThanFitIntoOneSetAreReportedCompletely() throws Exception {
    String prefix = unique("many");
    Set<VirtualMachineId> ids = new HashSet<>();
    for (int i = 0; i < 130; i++) {
      ids.add(vcenter.id(add(prefix + "-" + i)));
    }

    follow(
        inventory ->
            inventory.machines().stream()
                .filter(vm -> vm.name().startsWith(prefix))
                .map(VirtualMachine::id)
                .collect(Collectors.toSet())
                .equals(ids));
    followToTheEnd();
  }

  @Test
  void machineThatIsGoneBeforeTheFirstRequestLeavesNothing() throws Exception {
    String stays = add(unique("stays"));
    remove(add(unique("fleeting")));

    followMachine(stays, vm -> true);
    followToTheEnd();
  }

  @Test
  void sumOfAllUpdatesEqualsAFreshSnapshot() throws Exception {
    RandomChanges script = new RandomChanges(20_261_124, world, 5, 15);
    try {
      for (int step = 0; step < 60; step++) {
        script.step();
        script.removed().forEach(machine -> removed.add(vcenter.id(machine)));
        fold(session.next(Duration.ofMillis(step % 3 * 50L)));
      }
      followToTheEnd();
      assertThat(inventory.machines().stream().map(VirtualMachine::id))
          .containsAll(script.machines().keySet().stream().map(vcenter::id).toList());
    } finally {
      script.machines().forEach(this::remove);
    }
  }
}
