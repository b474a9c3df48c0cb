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
 * Follows one session: folds its updates into an inventory and hands that over, soon after each
 * change but at a bounded pace, again when somebody has disturbed the records, and again when the
 * rest of what was unwritten is due. Serves one session, in the mirror's thread.
 */
final class SessionFollower {

  private static final Logger log = LoggerFactory.getLogger(SessionFollower.class);

  /** How long the session is waited for at a time, between two looks at everything else. */
  private static final Duration SLICE = Duration.ofMillis(500);

  private final MirrorSpec opened;
  private final InventorySession session;
  private final MirrorControl control;
  private final MirrorListener listener;
  private final InventoryApplier handover;
  private final InstantSource clock;

  private Inventory inventory;
  private ReadKind kind = ReadKind.COMPLETE;
  private MirrorSpec asked;
  private boolean news;
  private Outcome last = Outcome.APPLIED;
  private Instant lastNews;
  private Optional<Instant> toldFirst = Optional.empty();

  /** Begins with the session's snapshot. */
  SessionFollower(
      MirrorSpec opened,
      InventorySession session,
      Inventory snapshot,
      MirrorControl control,
      MirrorListener listener,
      InventoryApplier handover,
      InstantSource clock) {
    this.opened = opened;
    this.session = session;
    this.inventory = snapshot;
    this.asked = opened;
    this.control = control;
    this.listener = listener;
    this.handover = handover;
    this.clock = clock;
    this.lastNews = clock.instant();
  }

  /**
   * Returns when the session has to be given up for another one: a complete read is due, the spec
   * asks for it, or the session was lost after a while.
   *
   * @throws InventoryException if the session failed in any other way
   */
  void run() throws InventoryException, InterruptedException {
    Instant began = clock.instant();
    try {
      handOver();
      Optional<Update> update = await();
      while (update.isPresent()) {
        fold(update.get());
        if (handsOver()) {
          handOver();
        }
        update = await();
      }
    } catch (InventoryException e) {
      if (!RetryPolicy.replacesAtOnce(e.failure(), Duration.between(began, clock.instant()))) {
        throw e;
      }
      log.info("session lost: {}; logging in again", e.getMessage());
    }
  }

  private boolean handsOver() {
    return Schedule.handsOver(news || control.disturbed(), last, control.state(), clock.instant());
  }

  private void handOver() throws InterruptedException {
    lastNews = clock.instant();
    last = handover.apply(asked, inventory, kind);
    if (last != Outcome.FAILED) {
      news = false;
      kind = ReadKind.INCREMENTAL;
      asked = opened.withoutRequests();
    }
    if (last == Outcome.APPLIED) {
      toldFirst.ifPresent(
          told -> listener.changesWritten(opened, Duration.between(told, clock.instant())));
      toldFirst = Optional.empty();
    }
  }

  private void fold(Update update) {
    if (update instanceof Update.Snapshot snapshot) {
      inventory = snapshot.inventory();
      kind = ReadKind.COMPLETE;
      news = true;
      lastNews = clock.instant();
    } else if (update instanceof Update.Changes changes && !changes.changes().isEmpty()) {
      lastNews = clock.instant();
      if (!isKnown(changes.changes())) {
        news = true;
        toldFirst = toldFirst.or(() -> Optional.of(lastNews));
      }
      inventory = inventory.with(changes.changes());
    }
  }

  /** A machine that is back in its old state is no news. */
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

  /** The session's next update, or nothing if the session has to be given up. */
  private Optional<Update> await() throws InventoryException, InterruptedException {
    control.publish(listener, state -> state.withPhase(Phase.WATCHING));
    control.pause(Pace.left(lastNews, clock.instant()));
    boolean owing = kind == ReadKind.COMPLETE;
    if (!control.beginWaiting(opened, owing)) {
      return Optional.empty();
    }
    try {
      Update update = session.next(handsOver() ? Duration.ZERO : control.patience(SLICE));
      return control.endWaiting() ? Optional.empty() : Optional.of(update);
    } catch (InterruptedException e) {
      if (control.endWaiting()) {
        return Optional.empty();
      }
      throw e;
    } catch (InventoryException | RuntimeException e) {
      boolean unused = control.endWaiting();
      throw e;
    }
  }
}
