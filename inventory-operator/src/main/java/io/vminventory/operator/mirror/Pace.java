package io.vminventory.operator.mirror;

import java.time.Duration;
import java.time.Instant;

/**
 * How closely one tenant's hand-overs to the sink may follow one another. Pure.
 *
 * <p>In the pause the session is not asked, so that the platform itself folds what happens
 * meanwhile: a machine that flaps costs a few writes a second at most, and one that is back in its
 * old state costs none.
 */
final class Pace {

  /** From the beginning of one hand-over to that of the next. */
  static final Duration APART = Duration.ofMillis(250);

  private Pace() {}

  /**
   * What is left of the pause; zero if the next hand-over may begin.
   *
   * @param last when there was something to hand over; a clock that was set back since then
   *     prolongs no pause
   */
  static Duration left(Instant last, Instant now) {
    Duration left = Duration.between(now, last.plus(APART));
    if (left.isNegative()) {
      return Duration.ZERO;
    }
    return left.compareTo(APART) < 0 ? left : APART;
  }
}
