package io.vminventory.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Inventory;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Contract of a session about {@link Update.Snapshot}. */
public abstract class SnapshotContract extends ProviderContract {

  private static Set<VirtualMachineId> ids(Inventory inventory) {
    return inventory.machines().stream().map(VirtualMachine::id).collect(Collectors.toSet());
  }

  @Test
  void firstUpdateIsASnapshotReturnedWithoutWaiting() throws Exception {
    platform().add("contract-a");
    try (InventorySession session = open()) {
      assertThat(session.next(Duration.ZERO)).isInstanceOf(Update.Snapshot.class);
    }
  }

  @Test
  void snapshotHoldsEveryMachine() throws Exception {
    platform().add("contract-a");
    platform().add("contract-b");

    assertThat(ids(fresh())).isEqualTo(platform().machines());
  }

  @Test
  void machineHasItsNameOnThePlatform() throws Exception {
    VirtualMachineId id = platform().add("contract-a");

    assertThat(fresh().find(id)).map(VirtualMachine::name).contains("contract-a");
  }

  @Test
  void machineKeepsItsIdWhenItChanges() throws Exception {
    VirtualMachineId id = platform().add("contract-change");
    Inventory before = fresh();
    platform().change(id);
    Inventory after = fresh();

    assertThat(after.find(id)).isPresent().isNotEqualTo(before.find(id));
    assertThat(ids(after)).isEqualTo(ids(before));
  }

  @Test
  void snapshotsAreEqualIfNothingChanged() throws Exception {
    platform().add("contract-a");

    assertThat(fresh()).isEqualTo(fresh());
  }

  @Test
  void sessionForOneReadReturnsTheSameSnapshot() throws Exception {
    platform().add("contract-a");
    try (InventorySession session = provider().open(platform().tenant(), SessionPurpose.READ)) {
      assertThat(first(session)).isEqualTo(fresh());
    }
  }

  @Test
  void machineWithUnknownFactsStaysInTheSnapshot() throws Exception {
    VirtualMachineId id = platform().add("contract-unknown");
    Set<VirtualMachineId> machines = ids(fresh());
    platform().makeUnknown(id);
    Inventory inventory = fresh();

    assertThat(ids(inventory)).isEqualTo(machines);
    assertThat(inventory.find(id).orElseThrow().unknown()).as("unknown facts").isNotEmpty();
  }

  @Test
  void brokenReadThrowsInsteadOfReturningAPart() throws Exception {
    platform().add("contract-a");
    try (InventorySession session = open()) {
      platform().cutReads();

      assertThat(refusal(() -> session.next(Duration.ZERO)).getMessage()).isNotBlank();
    }
  }
}
