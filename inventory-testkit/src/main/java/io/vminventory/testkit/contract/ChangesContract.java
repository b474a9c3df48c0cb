package io.vminventory.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Change;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachineId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract of a session about {@link Update.Changes}. */
public abstract class ChangesContract extends ProviderContract {

  private List<Change> nextChanges(InventorySession session)
      throws InventoryException, InterruptedException {
    Update update = nextChange(session);
    assertThat(update).isInstanceOf(Update.Changes.class);
    return ((Update.Changes) update).changes();
  }

  /** How long it takes until empty changes are returned. */
  private static Duration awaitEmptyChanges(InventorySession session, Duration maxWait)
      throws InventoryException, InterruptedException {
    long start = System.nanoTime();
    assertThat(session.next(maxWait)).isEqualTo(new Update.Changes(List.of()));
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void newMachineIsPut() throws Exception {
    try (InventorySession session = open()) {
      first(session);
      VirtualMachineId id = platform().add("contract-new");

      assertThat(nextChanges(session))
          .filteredOn(change -> change.id().equals(id))
          .hasOnlyElementsOfType(Change.Put.class)
          .isNotEmpty();
    }
  }

  @Test
  void changedMachineIsPut() throws Exception {
    VirtualMachineId id = platform().add("contract-change");
    try (InventorySession session = open()) {
      Inventory before = first(session);
      platform().change(id);
      Inventory after = before.with(nextChanges(session));

      assertThat(after.find(id)).isPresent().isNotEqualTo(before.find(id));
      assertThat(after.size()).isEqualTo(before.size());
    }
  }

  @Test
  void removedMachineIsRemoved() throws Exception {
    VirtualMachineId id = platform().add("contract-gone");
    try (InventorySession session = open()) {
      first(session);
      platform().remove(id);

      assertThat(nextChanges(session)).contains(new Change.Remove(id));
    }
  }

  @Test
  void unchangedMachinesAreNotReturned() throws Exception {
    VirtualMachineId touched = platform().add("contract-touched");
    platform().add("contract-untouched");
    try (InventorySession session = open()) {
      first(session);
      platform().change(touched);
      awaitOnly(session, touched, Change.Put.class);
      platform().remove(touched);
      awaitOnly(session, touched, Change.Remove.class);
      awaitOnly(session, platform().add("contract-new"), Change.Put.class);
    }
  }

  /** Waits for a change of the machine; no other machine may be reported until then. */
  private void awaitOnly(InventorySession session, VirtualMachineId id, Class<?> change)
      throws InventoryException, InterruptedException {
    List<Change> changes;
    do {
      changes = nextChanges(session);
      assertThat(changes).extracting(Change::id).containsOnly(id);
    } while (changes.stream().noneMatch(change::isInstance));
  }

  @Test
  void updateHasAtMostOneChangeOfAMachine() throws Exception {
    VirtualMachineId id = platform().add("contract-change");
    try (InventorySession session = open()) {
      first(session);
      platform().add("contract-new");
      platform().change(id);

      assertThat(nextChanges(session)).extracting(Change::id).doesNotHaveDuplicates();
    }
  }

  @Test
  void snapshotPlusChangesEqualsAFreshSnapshot() throws Exception {
    VirtualMachineId changed = platform().add("contract-change");
    VirtualMachineId gone = platform().add("contract-gone");
    try (InventorySession session = open();
        InventorySession fresh = open()) {
      Inventory seen = first(session);
      platform().change(changed);
      platform().remove(gone);
      VirtualMachineId added = platform().add("contract-new");
      Inventory expected = first(fresh);
      assertThat(expected.find(added)).isPresent();
      assertThat(expected.find(gone)).isEmpty();

      while (!seen.equals(expected)) {
        seen = fold(seen, nextChange(session));
      }
      assertThat(seen).isEqualTo(expected);
    }
  }

  @Test
  void emptyChangesAreReturnedInTime() throws Exception {
    try (InventorySession session = open()) {
      first(session);

      assertThat(awaitEmptyChanges(session, SHORT)).isLessThan(SHORT.plus(timeout()));
      assertThat(awaitEmptyChanges(session, Duration.ZERO)).isLessThan(timeout());
    }
  }

  @Test
  void emptyChangesAreReturnedNoSooner() throws Exception {
    try (InventorySession session = open()) {
      first(session);

      assertThat(awaitEmptyChanges(session, SHORT)).isGreaterThanOrEqualTo(SHORT);
    }
  }

  @Test
  void lostHistoryIsFollowedByASnapshot() throws Exception {
    VirtualMachineId gone = platform().add("contract-gone");
    try (InventorySession session = open()) {
      first(session);
      session.next(SHORT);
      platform().loseHistory();
      platform().remove(gone);

      // Changes that were under way come first.
      Update update = nextChange(session);
      while (update instanceof Update.Changes) {
        update = nextChange(session);
      }
      assertThat(((Update.Snapshot) update).inventory().machines())
          .containsExactlyInAnyOrderElementsOf(fresh().machines());
    }
  }
}
