package io.vminventory.operator.leader;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Until when writes may begin. Thread-safe. */
final class RenewDeadline {

  private final LongSupplier nanos;
  private final Duration permit;
  private @Nullable Long renewed;
  private boolean ended;

  /**
   * @param nanos a clock that never goes back
   * @param permit how long a renewal is good for
   */
  RenewDeadline(LongSupplier nanos, Duration permit) {
    this.nanos = nanos;
    this.permit = permit;
  }

  /**
   * The Lease was renewed.
   *
   * @param sent when the request for it was sent, which is before any other process can see it
   */
  synchronized void renewed(long sent) {
    renewed = sent;
  }

  /** Nothing is granted any more, whatever is renewed. */
  synchronized void end() {
    ended = true;
  }

  synchronized boolean granted() {
    return !ended && renewed != null && nanos.getAsLong() - renewed < permit.toNanos();
  }
}
