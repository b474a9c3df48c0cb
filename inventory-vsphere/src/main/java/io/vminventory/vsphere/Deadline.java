package io.vminventory.vsphere;

import java.time.Duration;

/**
 * Moment by which something has to end, on the monotonic clock.
 *
 * @param nanoTime that moment, in terms of {@link System#nanoTime()}
 */
record Deadline(long nanoTime) {

  /** Longer times are cut to this one, so that no sum overflows. */
  private static final Duration MAX_TIME = Duration.ofDays(3650);

  /** The moment after this time from now; at once if the time is negative. */
  static Deadline in(Duration time) {
    Duration bounded = time.compareTo(MAX_TIME) > 0 ? MAX_TIME : time;
    return new Deadline(System.nanoTime() + (bounded.isNegative() ? 0 : bounded.toNanos()));
  }

  /** The time that is left; zero or less once the moment has passed. */
  long nanosLeft() {
    return nanoTime - System.nanoTime();
  }

  /** The moment this much later. */
  Deadline plus(Duration time) {
    return new Deadline(nanoTime + time.toNanos());
  }

  boolean isBefore(Deadline other) {
    return nanoTime - other.nanoTime < 0;
  }
}
