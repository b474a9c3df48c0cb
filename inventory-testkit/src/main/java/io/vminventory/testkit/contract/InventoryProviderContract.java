package io.vminventory.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Change;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Tenant;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the core relies on in every {@link InventoryProvider}. Extend it, and say in the abstract
 * methods how to reach your platform; each test gets an instance of its own.
 *
 * <p>The platform may hold any machines when a test begins, but nobody else may change them while
 * it runs. Ids are the platform's choice, and a change may take a while until it is told.
 */
@Timeout(120)
public abstract class InventoryProviderContract {

  private static final Duration SHORT = Duration.ofMillis(300);

  /** The provider; the same one throughout a test. */
  protected abstract InventoryProvider provider();

  /** A tenant who may log in and sees every machine. */
  protected abstract Tenant tenant();

  /** Another tenant with another account who may log in and sees every machine, too. */
  protected abstract Tenant otherTenant();

  /** A tenant whose account is there, but whose password is wrong. */
  protected abstract Tenant tenantWithWrongPassword();

  /** The ids of all machines on the platform. */
  protected abstract Set<VirtualMachineId> machines();

  /** Makes a machine of this name on the platform. */
  protected abstract VirtualMachineId add(String name);

  /** Changes at least one fact of a machine, such as whether it is on. */
  protected abstract void change(VirtualMachineId id);

  /** Removes a machine from the platform. */
  protected abstract void remove(VirtualMachineId id);

  /** How many sessions there are on the platform. */
  protected abstract int openSessions();

  /** How long a change may take until a session tells it. */
  protected Duration patience() {
    return Duration.ofSeconds(10);
  }

  private InventorySession open() throws InventoryException, InterruptedException {
    return provider().open(tenant());
  }

  private static Inventory snapshot(InventorySession session)
      throws InventoryException, InterruptedException {
    Update first = session.next(Duration.ZERO);
    assertThat(first).as("the first update").isInstanceOf(Update.Snapshot.class);
    return ((Update.Snapshot) first).inventory();
  }

  /** Folds updates until the inventory is as expected; fails if it is not in time. */
  private Inventory follow(InventorySession session, Inventory start, Predicate<Inventory> expected)
      throws InventoryException, InterruptedException {
    long deadline = System.nanoTime() + patience().toNanos();
    Inventory inventory = start;
    while (!expected.test(inventory)) {
      assertThat(System.nanoTime()).as("still " + inventory).isLessThan(deadline);
      Update update = session.next(SHORT);
      inventory =
          update instanceof Update.Changes changes
              ? inventory.with(changes.changes())
              : ((Update.Snapshot) update).inventory();
    }
    return inventory;
  }

  /** Waits for the next update that says anything. */
  private List<Change> nextChanges(InventorySession session)
      throws InventoryException, InterruptedException {
    long deadline = System.nanoTime() + patience().toNanos();
    while (true) {
      Update update = session.next(SHORT);
      assertThat(update).isInstanceOf(Update.Changes.class);
      List<Change> changes = ((Update.Changes) update).changes();
      if (!changes.isEmpty()) {
        return changes;
      }
      assertThat(System.nanoTime()).as("nothing was told").isLessThan(deadline);
    }
  }

  @Test
  void firstUpdateIsACompleteSnapshot() throws Exception {
    VirtualMachineId a = add("contract-a");
    add("contract-b");
    try (InventorySession session = open()) {
      Inventory inventory = snapshot(session);

      assertThat(inventory.machines().stream().map(VirtualMachine::id).collect(Collectors.toSet()))
          .isEqualTo(machines());
      assertThat(inventory.find(a)).map(VirtualMachine::name).contains("contract-a");
    }
  }

  @Test
  void newMachineIsPut() throws Exception {
    try (InventorySession session = open()) {
      snapshot(session);
      VirtualMachineId id = add("contract-new");

      assertThat(nextChanges(session))
          .allSatisfy(change -> assertThat(change).isInstanceOf(Change.Put.class))
          .extracting(Change::id)
          .containsOnly(id);
    }
  }

  @Test
  void changedMachineIsPut() throws Exception {
    VirtualMachineId id = add("contract-change");
    try (InventorySession session = open()) {
      Inventory before = snapshot(session);
      change(id);
      Inventory after = before.with(nextChanges(session));

      assertThat(after.find(id)).isPresent().isNotEqualTo(before.find(id));
      assertThat(after.size()).isEqualTo(before.size());
    }
  }

  @Test
  void removedMachineIsRemoved() throws Exception {
    VirtualMachineId id = add("contract-gone");
    try (InventorySession session = open()) {
      snapshot(session);
      remove(id);

      assertThat(nextChanges(session)).containsExactly(new Change.Remove(id));
    }
  }

  @Test
  void snapshotPlusChangesIsAFreshSnapshot() throws Exception {
    VirtualMachineId changed = add("contract-change");
    VirtualMachineId gone = add("contract-gone");
    try (InventorySession session = open();
        InventorySession fresh = provider().open(tenant())) {
      Inventory start = snapshot(session);
      change(changed);
      remove(gone);
      VirtualMachineId added = add("contract-new");
      Inventory expected = snapshot(fresh);
      assertThat(expected.find(added)).isPresent();
      assertThat(expected.find(gone)).isEmpty();

      assertThat(follow(session, start, expected::equals)).isEqualTo(expected);
    }
  }

  @Test
  void nothingNewIsToldInTime() throws Exception {
    try (InventorySession session = open()) {
      snapshot(session);
      long start = System.nanoTime();

      assertThat(session.next(SHORT)).isEqualTo(new Update.Changes(List.of()));
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SHORT.plus(patience()));
    }
  }

  @Test
  void wrongPasswordIsDeniedAndLeavesNoSession() {
    int before = openSessions();
    InventoryException refusal = refusal();

    assertThat(refusal.failure()).isEqualTo(Failure.DENIED);
    eventuallyOpen(before);
  }

  private InventoryException refusal() {
    return catchThrowableOfType(
        InventoryException.class, () -> provider().open(tenantWithWrongPassword()).close());
  }

  private void eventuallyOpen(int sessions) {
    Eventually.within(patience()).until(this::openSessions, count -> count == sessions);
  }

  @Test
  void passwordsAreNowhereInTexts() throws Exception {
    for (Throwable t = refusal(); t != null; t = t.getCause()) {
      assertThat(t.toString()).doesNotContain(tenantWithWrongPassword().password().reveal());
    }
    try (InventorySession session = open()) {
      String texts = session + " " + provider();
      assertThat(texts).doesNotContain(tenant().password().reveal());
    }
  }

  @Test
  void closeIsIdempotentAndLeavesNoSession() throws Exception {
    int before = openSessions();
    InventorySession session = open();
    snapshot(session);
    assertThat(openSessions()).isEqualTo(before + 1);
    session.close();
    session.close();

    eventuallyOpen(before);
  }

  @Test
  void closedSessionIsUnavailable() throws Exception {
    InventorySession session = open();
    snapshot(session);
    session.close();

    assertThatThrownBy(() -> session.next(SHORT))
        .isInstanceOfSatisfying(
            InventoryException.class,
            thrown -> assertThat(thrown.failure()).isEqualTo(Failure.UNAVAILABLE));
  }

  @Test
  void closeEndsAWaitingNext() throws Exception {
    int before = openSessions();
    InventorySession session = open();
    snapshot(session);
    WaitingSession waiting = WaitingSession.on(session);
    session.close();

    assertThat(waiting.failure().orElseThrow())
        .isInstanceOfSatisfying(
            InventoryException.class,
            thrown -> assertThat(thrown.failure()).isEqualTo(Failure.UNAVAILABLE));
    eventuallyOpen(before);
  }

  @Test
  void interruptEndsAWaitingNext() throws Exception {
    try (InventorySession session = open()) {
      snapshot(session);
      WaitingSession waiting = WaitingSession.on(session);
      waiting.interrupt();

      assertThat(waiting.failure()).containsInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void sessionsOfTwoTenantsAreIndependent() throws Exception {
    try (InventorySession two = provider().open(otherTenant())) {
      Inventory twoSees = snapshot(two);
      try (InventorySession one = open()) {
        Inventory oneSees = snapshot(one);
        VirtualMachineId first = add("contract-both");
        follow(one, oneSees, inventory -> inventory.find(first).isPresent());
        twoSees = follow(two, twoSees, inventory -> inventory.find(first).isPresent());
      }
      VirtualMachineId second = add("contract-two-only");

      follow(two, twoSees, inventory -> inventory.find(second).isPresent());
    }
  }
}
