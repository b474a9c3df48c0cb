package io.vminventory.testkit.contract;

import io.vminventory.api.Change;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.PowerState;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.testkit.fake.SampleMachines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Providers that report something wrong, or report it at the wrong time. */
final class BrokenUpdates {

  private static final VirtualMachine ONE = SampleMachines.machine(57, "nwcd-ike-a-m1", 2, 1, null);

  private BrokenUpdates() {}

  /**
   * Replaces each update. The function gets the inventory reported before, empty at first, and the
   * update.
   */
  private static UnaryOperator<InventorySession> replacingUpdates(
      BiFunction<Optional<Inventory>, Update, Update> other) {
    return session ->
        new ForwardingSession(session) {
          private Optional<Inventory> before = Optional.empty();

          @Override
          public Update next(Duration maxWait) throws InventoryException, InterruptedException {
            Update update = super.next(maxWait);
            Update replaced = other.apply(before, update);
            before =
                Optional.of(
                    ProviderContract.fold(before.orElse(Inventory.of("", List.of())), update));
            return replaced;
          }
        };
  }

  private static UnaryOperator<InventorySession> snapshots(UnaryOperator<Inventory> other) {
    return replacingUpdates(
        (before, update) ->
            update instanceof Update.Snapshot snapshot
                ? new Update.Snapshot(other.apply(snapshot.inventory()))
                : update);
  }

  private static UnaryOperator<InventorySession> changes(
      BiFunction<Inventory, List<Change>, List<Change>> other) {
    return replacingUpdates(
        (before, update) ->
            before.isPresent() && update instanceof Update.Changes changes
                ? new Update.Changes(other.apply(before.get(), changes.changes()))
                : update);
  }

  /** Leaves out some changes. */
  private static UnaryOperator<InventorySession> forgetting(BiPredicate<Inventory, Change> what) {
    return changes(
        (before, changes) ->
            changes.stream().filter(change -> !what.test(before, change)).toList());
  }

  private static UnaryOperator<InventorySession> waiting(UnaryOperator<Duration> other) {
    return session ->
        new ForwardingSession(session) {
          @Override
          public Update next(Duration maxWait) throws InventoryException, InterruptedException {
            return super.next(other.apply(maxWait));
          }
        };
  }

  static List<BrokenProvider> all() {
    List<BrokenProvider> all = new ArrayList<>(ofSnapshots());
    all.addAll(ofChanges());
    return all;
  }

  private static List<BrokenProvider> ofSnapshots() {
    return List.of(
        BrokenProvider.session(
            "partial snapshot",
            snapshots(all -> all.with(List.of(new Change.Remove(ONE.id())))),
            "Snapshots.snapshotHoldsEveryMachine"),
        BrokenProvider.login(
            "partial snapshot for one read",
            fake ->
                (tenant, purpose) -> {
                  InventorySession session = fake.open(tenant, purpose);
                  return purpose == SessionPurpose.READ
                      ? snapshots(all -> all.with(List.of(new Change.Remove(ONE.id()))))
                          .apply(session)
                      : session;
                },
            "Snapshots.sessionForOneReadReturnsTheSameSnapshot"),
        BrokenProvider.session(
            "machine with unknown facts left out",
            snapshots(
                all ->
                    Inventory.of(
                        all.serverVersion(),
                        all.machines().stream()
                            .filter(machine -> machine.unknown().isEmpty())
                            .toList())),
            "Snapshots.machineWithUnknownFactsStaysInTheSnapshot"),
        BrokenProvider.session(
            "unknown facts reported as none",
            snapshots(all -> mapped(all, BrokenUpdates::withoutUnknown)),
            "Snapshots.machineWithUnknownFactsStaysInTheSnapshot"),
        BrokenProvider.session(
            "changes before a snapshot",
            replacingUpdates(
                (before, update) ->
                    before.isEmpty() && update instanceof Update.Snapshot first
                        ? new Update.Changes(
                            first.inventory().changesSince(Inventory.of("", List.of())))
                        : update),
            "Snapshots.firstUpdateIsASnapshotReturnedWithoutWaiting"),
        BrokenProvider.session(
            "broken read reported as a snapshot",
            BrokenUpdates::reportingAPart,
            "Snapshots.brokenReadThrowsInsteadOfReturningAPart"),
        BrokenProvider.session(
            "name without its capitals, digits and hyphens",
            snapshots(all -> mapped(all, BrokenUpdates::plainlyNamed)),
            "Snapshots.machineHasItsNameOnThePlatform",
            "Changes.snapshotPlusChangesEqualsAFreshSnapshot"),
        BrokenProvider.session(
            "id that changes with the machine",
            snapshots(all -> mapped(all, BrokenUpdates::identifiedByItsState)),
            "Snapshots.machineKeepsItsIdWhenItChanges",
            "Changes.snapshotPlusChangesEqualsAFreshSnapshot"),
        BrokenProvider.login(
            "facts that are new with each read",
            fake -> {
              AtomicInteger reads = new AtomicInteger();
              UnaryOperator<InventorySession> counted =
                  snapshots(
                      all ->
                          Inventory.of("Fake Platform " + reads.incrementAndGet(), all.machines()));
              return (tenant, purpose) -> counted.apply(fake.open(tenant, purpose));
            },
            "Snapshots.snapshotsAreEqualIfNothingChanged",
            "Snapshots.sessionForOneReadReturnsTheSameSnapshot",
            "Changes.snapshotPlusChangesEqualsAFreshSnapshot"));
  }

  private static Inventory mapped(Inventory all, UnaryOperator<VirtualMachine> machine) {
    return Inventory.of(all.serverVersion(), all.machines().stream().map(machine).toList());
  }

  private static VirtualMachine withoutUnknown(VirtualMachine machine) {
    return machine.unknown().isEmpty()
        ? machine
        : VirtualMachine.builder(machine.id(), machine.name()).build();
  }

  private static VirtualMachine plainlyNamed(VirtualMachine machine) {
    return machine.unknown().isEmpty()
        ? VirtualMachine.builder(machine.id(), machine.name().replaceAll("[^a-z]", "")).build()
        : machine;
  }

  private static VirtualMachine identifiedByItsState(VirtualMachine machine) {
    return machine.powerState().equals(Optional.of(PowerState.SUSPENDED))
        ? VirtualMachine.builder(new VirtualMachineId(machine.id() + "-off"), machine.name())
            .build()
        : machine;
  }

  private static InventorySession reportingAPart(InventorySession session) {
    return new ForwardingSession(session) {
      private boolean read;

      @Override
      public Update next(Duration maxWait) throws InventoryException, InterruptedException {
        boolean first = !read;
        read = true;
        try {
          return super.next(maxWait);
        } catch (InventoryException e) {
          if (first) {
            return new Update.Snapshot(Inventory.of("Fake Platform 1.0", List.of(ONE)));
          }
          throw e;
        }
      }
    };
  }

  private static List<BrokenProvider> ofChanges() {
    return List.of(
        BrokenProvider.session(
            "forgotten new machine",
            forgetting(
                (before, change) ->
                    change instanceof Change.Put && before.find(change.id()).isEmpty()),
            "Changes.newMachineIsPut",
            "Changes.unchangedMachinesAreNotReturned",
            "Changes.snapshotPlusChangesEqualsAFreshSnapshot",
            "Sessions.sessionsOfTwoTenantsAreIndependent"),
        BrokenProvider.session(
            "forgotten change",
            forgetting(
                (before, change) ->
                    change instanceof Change.Put && before.find(change.id()).isPresent()),
            "Changes.changedMachineIsPut",
            "Changes.unchangedMachinesAreNotReturned",
            "Changes.snapshotPlusChangesEqualsAFreshSnapshot"),
        BrokenProvider.session(
            "forgotten removal",
            forgetting((before, change) -> change instanceof Change.Remove),
            "Changes.removedMachineIsRemoved",
            "Changes.unchangedMachinesAreNotReturned",
            "Changes.snapshotPlusChangesEqualsAFreshSnapshot"),
        BrokenProvider.session(
            "all machines reported with each change",
            changes(BrokenUpdates::withAllOthers),
            "Changes.unchangedMachinesAreNotReturned"),
        BrokenProvider.session(
            "change reported twice",
            changes(
                (before, changes) ->
                    changes.stream().flatMap(change -> List.of(change, change).stream()).toList()),
            "Changes.updateHasAtMostOneChangeOfAMachine"),
        BrokenProvider.session(
            "lost history reported as changes",
            replacingUpdates(
                (before, update) ->
                    before.isPresent() && update instanceof Update.Snapshot snapshot
                        ? new Update.Changes(snapshot.inventory().changesSince(before.get()))
                        : update),
            "Changes.lostHistoryIsFollowedByASnapshot"),
        BrokenProvider.session(
            "waits longer than asked",
            waiting(maxWait -> maxWait.isZero() ? maxWait : maxWait.plusSeconds(1)),
            "Changes.emptyChangesAreReturnedInTime"),
        BrokenProvider.session(
            "does not wait",
            waiting(maxWait -> Duration.ZERO),
            "Changes.emptyChangesAreReturnedNoSooner",
            "Sessions.closeEndsAWaitingNext",
            "Sessions.closeUnderAWaitingNextLeavesNoSession",
            "Sessions.interruptEndsAWaitingNext"));
  }

  private static List<Change> withAllOthers(Inventory before, List<Change> changes) {
    List<Change> all = new ArrayList<>(changes);
    if (!changes.isEmpty()) {
      before.with(changes).machines().stream()
          .filter(machine -> changes.stream().noneMatch(change -> change.id().equals(machine.id())))
          .map(Change.Put::new)
          .forEach(all::add);
    }
    return all;
  }
}
