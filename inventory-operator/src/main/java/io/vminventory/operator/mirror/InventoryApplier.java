package io.vminventory.operator.mirror;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySink;
import io.vminventory.api.SinkResult;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import io.vminventory.operator.mirror.MirrorListener.ReadKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Hands a tenant's inventory to the sink, and publishes and tells what came of it. */
final class InventoryApplier {

  /** How a hand-over ended. */
  enum Outcome {
    /** Every record is right now, or held on purpose. */
    APPLIED,
    /** Some records could not be written. */
    PARTIAL,
    /** The records could not even be looked at, or none can be written there. */
    FAILED
  }

  private final InventorySink sink;
  private final MirrorListener listener;
  private final InstantSource clock;
  private final MirrorControl control;

  InventoryApplier(
      InventorySink sink, MirrorListener listener, InstantSource clock, MirrorControl control) {
    this.sink = sink;
    this.listener = listener;
    this.clock = clock;
    this.control = control;
  }

  /**
   * Hands the inventory over. For the mirror's thread.
   *
   * @param spec with the requests that this answers, if it ends a complete read
   */
  Outcome apply(MirrorSpec spec, Inventory inventory, ReadKind kind) throws InterruptedException {
    boolean first = control.state().reads().last().isEmpty();
    Instant began = clock.instant();
    control.endDisturbance();
    try {
      SinkResult result =
          sink.apply(spec.tenant(), inventory, confirmed(spec, control.state(), kind));
      Optional<FailedAttempt> before = control.state().failedAttempt();
      Optional<FailedAttempt> setback =
          result.problems().isEmpty()
              ? Optional.empty()
              : Optional.of(setback(spec, Failure.UNAVAILABLE, unwritten(result), began));
      control.publish(
          listener,
          state -> {
            MirrorState applied = state.applied(inventory, result.heldDeletions(), setback);
            return kind == ReadKind.COMPLETE
                ? applied.read(clock.instant(), spec.requests())
                : applied;
          });
      listener.applied(spec, kind, first, result);
      setback
          .filter(problem -> !before.equals(setback))
          .ifPresent(problem -> listener.failed(spec, problem));
      return setback.isEmpty() ? Outcome.APPLIED : Outcome.PARTIAL;
    } catch (InventoryException e) {
      FailedAttempt setback = setback(spec, e.failure(), e.getMessage(), began);
      control.publish(listener, state -> state.failed(setback));
      listener.failed(spec, setback);
      return Outcome.FAILED;
    }
  }

  private FailedAttempt setback(MirrorSpec spec, Failure failure, String message, Instant began) {
    return FailedAttempt.after(
        control.state().failedAttempt(),
        Stage.RECORDS,
        failure,
        message,
        spec.tenant(),
        began,
        clock.instant());
  }

  /** A confirmation counts once: for the complete read that answers it. */
  private static int confirmed(MirrorSpec spec, MirrorState state, ReadKind kind) {
    Set<String> answered = state.reads().handled();
    boolean asked =
        spec.requests().stream()
            .anyMatch(
                token ->
                    token.startsWith(MirrorSpec.CONFIRMATION_PREFIX) && !answered.contains(token));
    return asked && kind == ReadKind.COMPLETE ? spec.confirmedDeletions() : 0;
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
}
