package io.vminventory.operator.mirror;

import io.vminventory.api.Change;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import io.vminventory.operator.mirror.InventoryApplier.Outcome;
import io.vminventory.operator.mirror.MirrorListener.ReadKind;
import io.vminventory.operator.mirror.MirrorState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follower of one session: folds its updates into an inventory, and applies that after each change
 * at a throttled rate, after an external change of the records, and when a write retry is due. For
 * the mirror's thread.
 */
final class SessionFollower {

  private static final Logger log = LoggerFactory.getLogger(SessionFollower.class);

  /** The longest wait on the session between two checks of everything else. */
  private static final Duration MAX_SESSION_WAIT = Duration.ofMillis(500);

  private final MirrorSpec opened;
  private final InventorySession session;
  private final MirrorControl control;
  private final MirrorListener listener;
  private final InventoryApplier applier;
  private final InstantSource clock;

  private Inventory inventory;
  private ReadKind kind = ReadKind.COMPLETE;
  private MirrorSpec requested;
  private boolean changed;
  private Outcome lastOutcome = Outcome.APPLIED;
  private Instant lastChange;
  private Optional<Instant> firstUnwritten = Optional.empty();

  /**
   * @param opened what the session was opened for
   * @param snapshot the session's first update
   */
  SessionFollower(
      MirrorSpec opened,
      InventorySession session,
      Inventory snapshot,
      MirrorControl control,
      MirrorListener listener,
      InventoryApplier applier,
      InstantSource clock) {
    this.opened = opened;
    this.session = session;
    this.inventory = snapshot;
    this.requested = opened;
    this.control = control;
    this.listener = listener;
    this.applier = applier;
    this.clock = clock;
    this.lastChange = clock.instant();
  }

  /**
   * Returns when another session has to replace this one: a complete read is due, the spec has
   * changed, or the session was lost after a while.
   *
   * @throws InventoryException if the session failed in any other way
   */
  void run() throws InventoryException, InterruptedException {
    Instant began = clock.instant();
    try {
      apply();
      Optional<Update> update = nextUpdate();
      while (update.isPresent()) {
        fold(update.get());
        if (isApplyDue()) {
          apply();
        }
        update = nextUpdate();
      }
    } catch (InventoryException e) {
      if (!RetryPolicy.reconnectsAtOnce(e.failure(), Duration.between(began, clock.instant()))) {
        throw e;
      }
      log.info("session lost: {}; logging in again", e.getMessage());
    }
  }

  private boolean isApplyDue() {
    return Schedule.isApplyDue(
        changed || control.externallyChanged().get(),
        lastOutcome,
        control.state(),
        clock.instant());
  }

  private void apply() throws InterruptedException {
    lastChange = clock.instant();
    lastOutcome = applier.apply(requested, inventory, kind);
    if (lastOutcome != Outcome.FAILED) {
      changed = false;
      kind = ReadKind.INCREMENTAL;
      requested = opened.withoutRequests();
    }
    if (lastOutcome == Outcome.APPLIED) {
      firstUnwritten.ifPresent(
          reported -> listener.changesWritten(opened, Duration.between(reported, clock.instant())));
      firstUnwritten = Optional.empty();
    }
  }

  private void fold(Update update) {
    if (update instanceof Update.Snapshot snapshot) {
      inventory = snapshot.inventory();
      kind = ReadKind.COMPLETE;
      changed = true;
      lastChange = clock.instant();
    } else if (update instanceof Update.Changes changes && !changes.changes().isEmpty()) {
      lastChange = clock.instant();
      if (!isKnown(changes.changes())) {
        changed = true;
        firstUnwritten = firstUnwritten.or(() -> Optional.of(lastChange));
      }
      inventory = inventory.with(changes.changes());
    }
  }

  /** Whether the changes leave the inventory as it is, such as a machine back in its old state. */
  private boolean isKnown(List<Change> changes) {
    return changes.stream()
        .allMatch(
            change ->
                inventory
                    .find(change.id())
                    .equals(
                        change instanceof Change.Put put
                            ? Optional.of(put.machine())
                            : Optional.empty()));
  }

  /** The session's next update; empty if another session has to replace this one. */
  private Optional<Update> nextUpdate() throws InventoryException, InterruptedException {
    control.publish(listener, state -> state.withPhase(Phase.WATCHING));
    control.sleep(ApplyThrottle.remaining(lastChange, clock.instant()));
    CurrentRead read = new CurrentRead(opened, kind == ReadKind.COMPLETE);
    Optional<SessionWait> begun = control.beginSessionWait(read);
    return begun.isEmpty() ? Optional.empty() : nextUpdate(begun.get());
  }

  private Optional<Update> nextUpdate(SessionWait begun)
      throws InventoryException, InterruptedException {
    Optional<Update> update = Optional.empty();
    try (SessionWait wait = begun) {
      update =
          Optional.of(
              session.next(
                  isApplyDue()
                      ? Duration.ZERO
                      : control.timeToNext(wait.read(), MAX_SESSION_WAIT)));
    } catch (InterruptedException e) {
      if (!begun.interrupted()) {
        throw e;
      }
    }
    return begun.interrupted() ? Optional.empty() : update;
  }
}
