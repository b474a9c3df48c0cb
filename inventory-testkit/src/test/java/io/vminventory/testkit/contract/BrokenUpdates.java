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

/** Providers that tell what is not so, or not when it should be told. */
final class BrokenUpdates {

  private static final VirtualMachine ONE = SampleMachines.machine(57, "nwcd-ike-a-m1", 2, 1, null);

  private BrokenUpdates() {}

  /** Tells something else; it knows what it has told before, nothing at first. */
  private static UnaryOperator<InventorySession> telling(
      BiFunction<Optional<Inventory>, Update, Update> other) {
    return session ->
        new ForwardingSession(session) {
          private Optional<Inventory> before = Optional.empty();

          @Override
          public Update next(Duration maxWait) throws InventoryException, InterruptedException {
            Update update = super.next(maxWait);
            Update told = other.apply(before, update);
            before =
                Optional.of(
                    ProviderContract.fold(before.orElse(Inventory.of("", List.of())), update));
            return told;
          }
        };
  }

  private static UnaryOperator<InventorySession> snapshots(UnaryOperator<Inventory> other) {
    return telling(
        (before, update) ->
            update instanceof Update.Snapshot snapshot
                ? new Update.Snapshot(other.apply(snapshot.inventory()))
                : update);
  }

  private static UnaryOperator<InventorySession> changes(
      BiFunction<Inventory, List<Change>, List<Change>> other) {
    return telling(
        (before, update) ->
            before.isPresent() && update instanceof Update.Changes changes
                ? new Update.Changes(other.apply(before.get(), changes.changes()))
                : update);
  }

  /** Forgets to tell of some changes. */
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
        BrokenProvider.session(
            "changes before a snapshot",
            telling(
                (before, update) ->
                    before.isEmpty() && update instanceof Update.Snapshot first
                        ? new Update.Changes(
                            first.inventory().changesSince(Inventory.of("", List.of())))
                        : update),
            "Snapshots.firstUpdateIsASnapshotToldWithoutWaiting"),
        BrokenProvider.session(
            "broken read told as a snapshot",
            BrokenUpdates::tellingAPart,
            "Snapshots.readThatBreaksThrowsInsteadOfTellingAPart"),
        BrokenProvider.session(
            "name without its capitals, digits and hyphens",
            snapshots(all -> mapped(all, BrokenUpdates::plainlyNamed)),
            "Snapshots.machineBearsTheNameThatThePlatformGaveIt",
            "Changes.snapshotPlusChangesIsAFreshSnapshot"),
        BrokenProvider.session(
            "id that changes with the machine",
            snapshots(all -> mapped(all, BrokenUpdates::identifiedByItsState)),
            "Snapshots.machineKeepsItsIdWhenItChanges",
            "Changes.snapshotPlusChangesIsAFreshSnapshot"),
        BrokenProvider.login(
            "facts that are new with each read",
            fake -> {
              AtomicInteger reads = new AtomicInteger();
              UnaryOperator<InventorySession> counted =
                  snapshots(
                      all ->
                          Inventory.of("Fake Platform " + reads.incrementAndGet(), all.machines()));
              return (tenant, purpose) -> counted.apply(fake.open(tenant, SessionPurpose.WATCH));
            },
            "Snapshots.snapshotsAreEqualIfNothingHappened",
            "Changes.snapshotPlusChangesIsAFreshSnapshot"));
  }

  private static Inventory mapped(Inventory all, UnaryOperator<VirtualMachine> machine) {
    return Inventory.of(all.serverVersion(), all.machines().stream().map(machine).toList());
  }

  private static VirtualMachine plainlyNamed(VirtualMachine machine) {
    return VirtualMachine.builder(machine.id(), machine.name().replaceAll("[^a-z]", "")).build();
  }

  private static VirtualMachine identifiedByItsState(VirtualMachine machine) {
    return machine.powerState().equals(Optional.of(PowerState.SUSPENDED))
        ? VirtualMachine.builder(new VirtualMachineId(machine.id() + "-off"), machine.name())
            .build()
        : machine;
  }

  private static InventorySession tellingAPart(InventorySession session) {
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
            "Changes.machinesThatNobodyTouchedAreNotTold",
            "Changes.snapshotPlusChangesIsAFreshSnapshot",
            "Sessions.sessionsOfTwoTenantsAreIndependent"),
        BrokenProvider.session(
            "forgotten change",
            forgetting(
                (before, change) ->
                    change instanceof Change.Put && before.find(change.id()).isPresent()),
            "Changes.changedMachineIsPut",
            "Changes.machinesThatNobodyTouchedAreNotTold",
            "Changes.snapshotPlusChangesIsAFreshSnapshot"),
        BrokenProvider.session(
            "forgotten removal",
            forgetting((before, change) -> change instanceof Change.Remove),
            "Changes.removedMachineIsRemoved",
            "Changes.machinesThatNobodyTouchedAreNotTold",
            "Changes.snapshotPlusChangesIsAFreshSnapshot"),
        BrokenProvider.session(
            "all machines told with each change",
            changes(BrokenUpdates::withAllOthers),
            "Changes.machinesThatNobodyTouchedAreNotTold"),
        BrokenProvider.session(
            "change told twice",
            changes(
                (before, changes) ->
                    changes.stream().flatMap(change -> List.of(change, change).stream()).toList()),
            "Changes.updateHasAtMostOneChangeOfAMachine"),
        BrokenProvider.session(
            "lost history told as changes",
            telling(
                (before, update) ->
                    before.isPresent() && update instanceof Update.Snapshot snapshot
                        ? new Update.Changes(snapshot.inventory().changesSince(before.get()))
                        : update),
            "Changes.lostHistoryIsFollowedByASnapshot"),
        BrokenProvider.session(
            "waits longer than it was told",
            waiting(maxWait -> maxWait.isZero() ? maxWait : maxWait.plusSeconds(1)),
            "Changes.thatNothingHappenedIsToldInTime"),
        BrokenProvider.session(
            "does not wait",
            waiting(maxWait -> Duration.ZERO),
            "Changes.thatNothingHappenedIsToldNoSooner",
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
