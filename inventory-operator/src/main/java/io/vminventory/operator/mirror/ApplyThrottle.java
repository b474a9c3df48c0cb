package io.vminventory.operator.mirror;

import java.time.Duration;
import java.time.Instant;

/**
 * Throttle on how often one tenant's inventory is applied. Pure.
 *
 * <p>Between two applies the session is not read, so that the platform coalesces its changes: a
 * machine that flaps costs a few writes a second at most, and one that is back in its old state
 * costs none.
 */
final class ApplyThrottle {

  /** From the start of one apply to that of the next. */
  private static final Duration MIN_INTERVAL = Duration.ofMillis(250);

  private ApplyThrottle() {}

  /**
   * Time until the next apply may begin; zero if it may begin now.
   *
   * @param last when there was a change; a clock that was set back since then prolongs no wait
   */
  static Duration remaining(Instant last, Instant now) {
    Duration left = Duration.between(now, last.plus(MIN_INTERVAL));
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(MIN_INTERVAL) < 0 ? left : MIN_INTERVAL;
  }
}
