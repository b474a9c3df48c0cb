package io.vminventory.operator.mirror;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.InventorySink;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.TenantId;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import io.vminventory.operator.mirror.InventoryApplier.Outcome;
import io.vminventory.operator.mirror.MirrorListener.ReadKind;
import io.vminventory.operator.mirror.MirrorState.Phase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Loop that keeps one tenant's records up to date: waits until a read is due, logs in, reads,
 * applies the inventory to the sink and publishes its state. It runs in a thread of its own, and
 * ends when {@link #control} is stopped and the thread interrupted.
 */
final class Mirror implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Mirror.class);

  private final Consumer<TenantId> onLoginEnd;
  private final MirrorListener listener;
  private final InstantSource clock;
  private final MirrorControl control;
  private final InventoryApplier applier;

  /**
   * @param onLoginEnd see {@link Mirrors}
   */
  Mirror(
      MirrorSpec spec,
      MirrorState initial,
      InventorySink sink,
      Consumer<TenantId> onLoginEnd,
      MirrorListener listener,
      InstantSource clock) {
    this.onLoginEnd = onLoginEnd;
    this.listener = listener;
    this.clock = clock;
    this.control = new MirrorControl(spec, initial, clock);
    this.applier = new InventoryApplier(sink, listener, clock, control);
  }

  MirrorControl control() {
    return control;
  }

  @Override
  public void run() {
    MDC.put("tenant", control.spec().tenant().id().toString());
    log.debug("mirror started");
    while (!control.stopped()) {
      try {
        if (control.awaitLoginDue()) {
          logIn(control.spec());
        }
      } catch (InterruptedException e) {
        log.debug("interrupted");
      }
    }
    log.debug("mirror stopped");
    MDC.remove("tenant");
  }

  /** One login and all work that follows from it. */
  private void logIn(MirrorSpec spec) throws InterruptedException {
    control.publish(listener, state -> state.withPhase(Phase.READING));
    Instant began = clock.instant();
    try {
      switch (spec.sync()) {
        case WATCH -> watch(spec);
        case INTERVAL, MANUAL -> readOnce(spec);
      }
      control.publish(listener, state -> state.withPhase(Phase.WAITING));
    } catch (InventoryException e) {
      failed(spec, e.failure(), e.getMessage(), began);
    } catch (RuntimeException e) {
      if (control.stopped()) {
        return; // An interrupted client call may surface as any unchecked exception.
      }
      log.error("unexpected failure", e);
      failed(
          spec,
          Failure.INTERNAL,
          "unexpected " + e.getClass().getSimpleName() + "; the operator's log has the details",
          began);
    } finally {
      onLoginEnd.accept(spec.tenant().id());
    }
  }

  /** One read; records that cannot be written are retried from memory until the next is due. */
  private void readOnce(MirrorSpec spec) throws InventoryException, InterruptedException {
    Inventory inventory;
    try (InventorySession session = spec.provider().open(spec.tenant(), SessionPurpose.READ)) {
      inventory = CompleteRead.of(session);
    }
    Outcome outcome = applier.apply(spec, inventory, ReadKind.COMPLETE);
    boolean snapshotPending = outcome == Outcome.FAILED;
    control.publish(listener, state -> state.withPhase(Phase.WAITING));
    while (outcome != Outcome.APPLIED
        && control.awaitWriteRetry(new CurrentRead(spec, snapshotPending))) {
      outcome =
          snapshotPending
              ? applier.apply(spec, inventory, ReadKind.COMPLETE)
              : applier.apply(spec.withoutRequests(), inventory, ReadKind.INCREMENTAL);
      snapshotPending &= outcome == Outcome.FAILED;
    }
  }

  private void watch(MirrorSpec spec) throws InventoryException, InterruptedException {
    try (InventorySession session = spec.provider().open(spec.tenant(), SessionPurpose.WATCH)) {
      Inventory snapshot = CompleteRead.of(session);
      new SessionFollower(spec, session, snapshot, control, listener, applier, clock).run();
    }
  }

  private void failed(MirrorSpec spec, Failure failure, String message, Instant began) {
    FailedAttempt failed =
        FailedAttempt.after(
            control.state().failedAttempt(),
            Stage.PLATFORM,
            failure,
            message,
            spec.tenant(),
            began,
            clock.instant());
    control.publish(listener, state -> state.failed(failed));
    listener.failed(spec, failed);
  }
}
