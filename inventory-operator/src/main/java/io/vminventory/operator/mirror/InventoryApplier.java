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

/** Applies a tenant's inventory to the sink, and publishes and reports the result. */
final class InventoryApplier {

  /** Result of an apply. */
  enum Outcome {
    /** Every record is up to date, or held on purpose. */
    APPLIED,
    /** Some records could not be written. */
    PARTIAL,
    /** The records could not be read, or none can be written. */
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
   * Applies the inventory. For the mirror's thread.
   *
   * @param spec with the requests that this apply handles, if it ends a complete read
   */
  Outcome apply(MirrorSpec spec, Inventory inventory, ReadKind kind) throws InterruptedException {
    boolean first = control.state().reads().last().isEmpty();
    Instant began = clock.instant();
    control.externallyChanged().set(false);
    try {
      SinkResult result =
          sink.apply(spec.tenant(), inventory, confirmedDeletions(spec, control.state(), kind));
      Optional<FailedAttempt> previous = control.state().failedAttempt();
      Optional<FailedAttempt> unwritten =
          result.problems().isEmpty()
              ? Optional.empty()
              : Optional.of(failedAttempt(spec, Failure.UNAVAILABLE, message(result), began));
      control.publish(
          listener,
          state -> {
            MirrorState applied = state.applied(inventory, result.heldDeletions(), unwritten);
            return switch (kind) {
              case COMPLETE -> applied.read(clock.instant(), spec.requests());
              case INCREMENTAL -> applied;
            };
          });
      listener.applied(spec, kind, first, result);
      unwritten
          .filter(attempt -> !previous.equals(unwritten))
          .ifPresent(attempt -> listener.failed(spec, attempt));
      return unwritten.isEmpty() ? Outcome.APPLIED : Outcome.PARTIAL;
    } catch (InventoryException e) {
      FailedAttempt failed = failedAttempt(spec, e.failure(), e.getMessage(), began);
      control.publish(listener, state -> state.failed(failed));
      listener.failed(spec, failed);
      return Outcome.FAILED;
    }
  }

  private FailedAttempt failedAttempt(
      MirrorSpec spec, Failure failure, String message, Instant began) {
    return FailedAttempt.after(
        control.state().failedAttempt(),
        Stage.RECORDS,
        failure,
        message,
        spec.tenant(),
        began,
        clock.instant());
  }

  /** A confirmation counts once: for the complete read that handles its request. */
  private static int confirmedDeletions(MirrorSpec spec, MirrorState state, ReadKind kind) {
    Set<String> handled = state.reads().handled();
    boolean requested =
        spec.requests().stream()
            .anyMatch(
                token ->
                    token.startsWith(MirrorSpec.CONFIRMATION_PREFIX) && !handled.contains(token));
    return requested && kind == ReadKind.COMPLETE ? spec.confirmedDeletions() : 0;
  }

  private static String message(SinkResult result) {
    SinkResult.Problem problem = result.problems().get(0);
    int others = result.problems().size() - 1;
    return "record '"
        + problem.record()
        + "' could not be written: "
        + problem.message()
        + (others == 0 ? "" : "; and " + others + " more");
  }
}
