package io.vminventory.vsphere;

import java.time.Duration;

/**
 * A moment by which something has to be over, on the clock that nobody sets.
 *
 * @param nanoTime that moment, in terms of {@link System#nanoTime()}
 */
record Deadline(long nanoTime) {

  /** Longer waits are cut to this one, so that no sum overflows. */
  private static final Duration LONGEST = Duration.ofDays(3650);

  /** The moment after this time from now; at once if the time is negative. */
  static Deadline in(Duration time) {
    Duration bounded = time.compareTo(LONGEST) > 0 ? LONGEST : time;
    return new Deadline(System.nanoTime() + (bounded.isNegative() ? 0 : bounded.toNanos()));
  }

  /** How long there is still to wait; zero or less once it is over. */
  long nanosLeft() {
    return nanoTime - System.nanoTime();
  }

  boolean isBefore(Deadline other) {
    return nanoTime - other.nanoTime < 0;
  }
}
