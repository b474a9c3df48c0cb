package io.vminventory.operator.mirror;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.InventorySink;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Update;
import io.vminventory.k8s.SyncMode;
import io.vminventory.operator.mirror.MirrorListener.Reading;
import io.vminventory.operator.mirror.MirrorState.Phase;
import io.vminventory.operator.mirror.Setback.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Keeps one tenant's records true: waits until a read is due, logs in, reads, hands the inventory
 * to the sink, publishes its state, and begins again. It runs in a thread of its own, and ends when
 * {@link #control} is stopped and the thread interrupted.
 */
final class Mirror implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Mirror.class);

  /** How long a session is asked to wait for news at a time. */
  private static final Duration NEWS = Duration.ofMinutes(1);

  private final InventorySink sink;
  private final MirrorListener listener;
  private final InstantSource clock;
  private final MirrorControl control;

  Mirror(
      MirrorSpec spec,
      MirrorState initial,
      InventorySink sink,
      MirrorListener listener,
      InstantSource clock) {
    this.sink = sink;
    this.listener = listener;
    this.clock = clock;
    this.control = new MirrorControl(spec, initial, clock);
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
        if (control.awaitDue()) {
          work(control.spec());
        }
      } catch (InterruptedException e) {
        log.debug("interrupted");
      }
    }
    log.debug("mirror stopped");
    MDC.remove("tenant");
  }

  /** One login and what follows from it. */
  private void work(MirrorSpec spec) throws InterruptedException {
    publish(state -> state.in(Phase.READING));
    try {
      if (spec.sync() == SyncMode.WATCH) {
        watch(spec);
      } else {
        Inventory inventory;
        try (InventorySession session = spec.provider().open(spec.tenant())) {
          inventory = snapshot(session);
        }
        apply(spec, inventory, Reading.COMPLETE);
      }
      publish(state -> state.in(Phase.WAITING));
    } catch (InventoryException e) {
      failed(spec, Stage.PLATFORM, e.failure(), e.getMessage());
    } catch (RuntimeException e) {
      if (control.stopped()) {
        return; // An interrupted client call may surface as any unchecked exception.
      }
      log.error("unexpected failure", e);
      failed(
          spec,
          Stage.PLATFORM,
          Failure.INTERNAL,
          "unexpected " + e.getClass().getSimpleName() + "; the operator's log has the details");
    }
  }

  private void watch(MirrorSpec spec) throws InventoryException, InterruptedException {
    try (InventorySession session = spec.provider().open(spec.tenant())) {
      Inventory inventory = snapshot(session);
      boolean settled = apply(spec, inventory, Reading.COMPLETE);
      MirrorSpec answered = spec.withoutRequests();
      while (true) {
        publish(state -> state.in(Phase.WATCHING));
        Optional<Update> update = await(session, spec, settled);
        if (update.isEmpty()) {
          return;
        }
        if (update.get() instanceof Update.Snapshot snapshot) {
          inventory = snapshot.inventory();
          settled = apply(answered, inventory, Reading.COMPLETE);
        } else if (update.get() instanceof Update.Changes changes
            && (!changes.changes().isEmpty() || !settled)) {
          inventory = inventory.with(changes.changes());
          settled = apply(answered, inventory, Reading.CHANGES);
        }
      }
    }
  }

  private static Inventory snapshot(InventorySession session)
      throws InventoryException, InterruptedException {
    if (session.next(Duration.ZERO) instanceof Update.Snapshot snapshot) {
      return snapshot.inventory();
    }
    throw new InventoryException(
        Failure.INTERNAL, "the provider's first update is not a snapshot; report this as a bug");
  }

  /** The session's next update, or nothing if the session has to be given up. */
  private Optional<Update> await(InventorySession session, MirrorSpec opened, boolean settled)
      throws InventoryException, InterruptedException {
    if (!control.beginWaiting(opened)) {
      return Optional.empty();
    }
    try {
      Update update = session.next(patience(settled));
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

  /** Not longer than to the next full read, nor than to the next try to write what is unwritten. */
  private Duration patience(boolean settled) {
    Instant now = clock.instant();
    MirrorState state = control.state();
    Instant until = Schedule.nextReread(control.spec(), state, now);
    if (!settled && state.setback().isPresent()) {
      Instant retry = state.setback().get().retryAt();
      until = retry.isBefore(until) ? retry : until;
    }
    Duration left = Duration.between(now, until);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(NEWS) < 0 ? left : NEWS;
  }

  /** Hands an inventory to the sink; whether every record is right now, or held on purpose. */
  private boolean apply(MirrorSpec spec, Inventory inventory, Reading reading)
      throws InterruptedException {
    boolean first = control.state().lastRead().isEmpty();
    try {
      SinkResult result =
          sink.apply(spec.tenant(), inventory, confirmed(spec, control.state(), reading));
      Optional<Setback> setback = setback(spec, result);
      publish(
          state -> {
            MirrorState applied = state.applied(inventory, result.heldDeletions(), setback);
            return reading == Reading.COMPLETE
                ? applied.read(clock.instant(), spec.requests())
                : applied;
          });
      listener.applied(spec, reading, first, result);
      setback.ifPresent(problem -> listener.failed(spec, problem));
      return setback.isEmpty();
    } catch (InventoryException e) {
      failed(spec, Stage.RECORDS, e.failure(), e.getMessage());
      return false;
    }
  }

  private Optional<Setback> setback(MirrorSpec spec, SinkResult result) {
    return result.problems().isEmpty()
        ? Optional.empty()
        : Optional.of(setback(spec, Stage.RECORDS, Failure.UNAVAILABLE, unwritten(result)));
  }

  /** A confirmation counts once: for the complete read that answers it. */
  private static int confirmed(MirrorSpec spec, MirrorState state, Reading reading) {
    Set<String> answered = state.answered();
    boolean asked =
        spec.requests().stream()
            .anyMatch(
                token -> token.startsWith(MirrorSpec.CONFIRMATION) && !answered.contains(token));
    return asked && reading == Reading.COMPLETE ? spec.confirmedDeletions() : 0;
  }

  private static String unwritten(SinkResult result) {
    SinkResult.Problem problem = result.problems().get(0);
    int others = result.problems().size() - 1;
    return "record '"
        + problem.record()
        + "' could not be written: "
        + problem.message()
        + (others == 0 ? "" : "; and " + others + " more");
  }

  private void failed(MirrorSpec spec, Stage stage, Failure failure, String message) {
    Setback setback = setback(spec, stage, failure, message);
    publish(state -> state.failed(setback));
    listener.failed(spec, setback);
  }

  /** One try more than the present state tells of. */
  private Setback setback(MirrorSpec spec, Stage stage, Failure failure, String message) {
    int attempts = control.state().setback().map(last -> last.attempts() + 1).orElse(1);
    Instant retryAt = clock.instant().plus(Retry.after(failure, attempts, spec.tenant().id()));
    return new Setback(stage, failure, message, attempts, retryAt, spec.tenant());
  }

  private void publish(UnaryOperator<MirrorState> step) {
    if (control.publish(step)) {
      listener.changed(control.spec().tenant().id());
    }
  }
}
