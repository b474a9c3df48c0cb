package io.vminventory.operator.mirror;

import io.vminventory.operator.mirror.FailedAttempt.Stage;
import io.vminventory.operator.mirror.InventoryApplier.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a mirror logs in, reads and writes next. Pure. */
final class Schedule {

  private Schedule() {}

  /**
   * When the next login is due while no session is open; empty if it needs a request first.
   *
   * <p>A request shortens neither the cool-down of a refused account nor the back-off of a server
   * that is down: the next attempt handles it. Another password or user name ends the cool-down.
   */
  static Optional<Instant> nextLogin(MirrorSpec spec, MirrorState state, Instant now) {
    Instant earliest =
        state.failedAttempt().map(attempt -> retryAt(attempt, spec, now)).orElse(now);
    return due(spec, state, now).map(due -> due.isAfter(earliest) ? due : earliest);
  }

  private static Instant retryAt(FailedAttempt attempt, MirrorSpec spec, Instant now) {
    boolean accountChanged = attempt.isRefusal() && !attempt.isRefusalOf(spec.tenant());
    return accountChanged ? now : attempt.retryAt();
  }

  private static Optional<Instant> due(MirrorSpec spec, MirrorState state, Instant now) {
    // Records that could not be written need another read in every mode.
    if (hasOpenRequest(spec, state) || nextWriteRetry(state).isPresent()) {
      return Optional.of(now);
    }
    return switch (spec.sync()) {
      case WATCH -> Optional.of(now);
      case INTERVAL -> Optional.of(nextRegularRead(spec, state).orElse(now));
      case MANUAL -> Optional.empty();
    };
  }

  /** When a complete read has to replace an open session. */
  static Instant nextReread(MirrorSpec spec, MirrorState state, Instant now) {
    return hasOpenRequest(spec, state) ? now : nextRegularRead(spec, state).orElse(now);
  }

  private static Optional<Instant> nextRegularRead(MirrorSpec spec, MirrorState state) {
    return state
        .reads()
        .last()
        .map(last -> MirrorSpec.nextRead(last, spec.interval(), spec.tenant().id()));
  }

  private static boolean hasOpenRequest(MirrorSpec spec, MirrorState state) {
    return !state.reads().handled().containsAll(spec.requests());
  }

  /** When to retry the records that could not be written; empty if there are none. */
  static Optional<Instant> nextWriteRetry(MirrorState state) {
    return state
        .failedAttempt()
        .filter(attempt -> attempt.stage() == Stage.RECORDS)
        .map(FailedAttempt::retryAt);
  }

  /**
   * Whether to apply the inventory of an open session now.
   *
   * @param changed whether the inventory has changed, or the records have changed externally
   * @param last how the last apply ended; after {@link Outcome#FAILED}, changes wait for the retry
   */
  static boolean isApplyDue(boolean changed, Outcome last, MirrorState state, Instant now) {
    boolean retryDue = nextWriteRetry(state).filter(at -> !at.isAfter(now)).isPresent();
    return retryDue || (changed && last != Outcome.FAILED);
  }

  /**
   * How long to wait before the next complete read or write retry is due.
   *
   * @param limit the longest wait
   */
  static Duration timeToNext(Instant reread, MirrorState state, Duration limit, Instant now) {
    Instant retry = nextWriteRetry(state).orElse(reread);
    Duration left = Duration.between(now, retry.isBefore(reread) ? retry : reread);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(limit) < 0 ? left : limit;
  }
}
