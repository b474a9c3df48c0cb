package io.vminventory.operator.leader;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Deadline of the write permit, moved on by each renewal of the Lease. Thread-safe. */
final class RenewDeadline {

  private final LongSupplier nanos;
  private final Duration renewDeadline;
  private @Nullable Long renewedAt;
  private boolean revoked;

  /**
   * @param nanos a clock that never goes back
   * @param renewDeadline how long after a renewal writes may begin
   */
  RenewDeadline(LongSupplier nanos, Duration renewDeadline) {
    this.nanos = nanos;
    this.renewDeadline = renewDeadline;
  }

  /**
   * Moves the deadline after a renewal.
   *
   * @param sentAt when the request was sent, which is before any other process can see the renewal
   */
  synchronized void renewed(long sentAt) {
    renewedAt = sentAt;
  }

  /** Ends the permit for good, whatever is renewed later. */
  synchronized void revoke() {
    revoked = true;
  }

  /** Whether the deadline has not passed. */
  synchronized boolean granted() {
    return !revoked && renewedAt != null && nanos.getAsLong() - renewedAt < renewDeadline.toNanos();
  }
}
