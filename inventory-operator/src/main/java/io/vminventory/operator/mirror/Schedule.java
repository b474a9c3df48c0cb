package io.vminventory.operator.mirror;

import io.vminventory.api.Failure;
import io.vminventory.api.TenantId;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import io.vminventory.operator.mirror.InventoryApplier.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When a mirror has to read next. Pure. */
final class Schedule {

  private Schedule() {}

  /**
   * When the next login is due while no session is open; empty if it needs a request first.
   *
   * <p>A request shortens neither the rest of an account that was refused nor the back-off of a
   * server that is down: the next try answers it. Another password or user name ends that rest.
   */
  static Optional<Instant> nextLogin(MirrorSpec spec, MirrorState state, Instant now) {
    Instant rested = state.failedAttempt().map(setback -> rested(setback, spec, now)).orElse(now);
    return wanted(spec, state, now).map(wanted -> wanted.isAfter(rested) ? wanted : rested);
  }

  private static Instant rested(FailedAttempt setback, MirrorSpec spec, Instant now) {
    boolean otherAccount =
        setback.stage() == Stage.PLATFORM
            && setback.failure() == Failure.DENIED
            && !setback.isRefusalOf(spec.tenant());
    return otherAccount ? now : setback.retryAt();
  }

  private static Optional<Instant> wanted(MirrorSpec spec, MirrorState state, Instant now) {
    if (asked(spec, state) || unwritten(state)) {
      return Optional.of(now);
    }
    return switch (spec.sync()) {
      case WATCH -> Optional.of(now);
      case INTERVAL -> Optional.of(nextRegular(spec, state).orElse(now));
      case MANUAL -> Optional.empty();
    };
  }

  /** When an open session has to make way for a complete read. */
  static Instant nextReread(MirrorSpec spec, MirrorState state, Instant now) {
    return asked(spec, state) ? now : nextRegular(spec, state).orElse(now);
  }

  private static Optional<Instant> nextRegular(MirrorSpec spec, MirrorState state) {
    TenantId tenant = spec.tenant().id();
    return state.reads().last().map(last -> MirrorSpec.nextRead(last, spec.interval(), tenant));
  }

  /** A read was answered, but not all of it could be written: that is owed, asked for or not. */
  private static boolean unwritten(MirrorState state) {
    return nextRewrite(state).isPresent();
  }

  /** When what could not be written is to be tried again, if there is anything. */
  static Optional<Instant> nextRewrite(MirrorState state) {
    return state
        .failedAttempt()
        .filter(setback -> setback.stage() == Stage.RECORDS)
        .map(FailedAttempt::retryAt);
  }

  /**
   * Whether the inventory of an open session is to be handed to the sink now.
   *
   * @param news whether it has changed, or somebody has disturbed the records
   * @param last how the last hand-over ended: if nothing could be written at all, news have to wait
   *     until the next try is due too
   */
  static boolean handsOver(boolean news, Outcome last, MirrorState state, Instant now) {
    boolean due = nextRewrite(state).filter(at -> !at.isAfter(now)).isPresent();
    return due || (news && last != Outcome.FAILED);
  }

  /**
   * How long an open session may be waited for at a time: not longer than to the next complete
   * read, nor than to the next try to write.
   *
   * @param slice the longest time, in which nobody else is looked for
   */
  static Duration patience(Instant reread, MirrorState state, Duration slice, Instant now) {
    Instant rewrite = nextRewrite(state).orElse(reread);
    Duration left = Duration.between(now, rewrite.isBefore(reread) ? rewrite : reread);
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(slice) < 0 ? left : slice;
  }

  private static boolean asked(MirrorSpec spec, MirrorState state) {
    return !state.reads().handled().containsAll(spec.requests());
  }
}
