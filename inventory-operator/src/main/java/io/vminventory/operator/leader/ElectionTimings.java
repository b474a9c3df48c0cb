package io.vminventory.operator.leader;

import java.time.Duration;

/**
 * Timings of a leader election, in client-go's words.
 *
 * @param retryPeriod between two attempts to acquire or renew the Lease
 * @param renewDeadline how long after the start of a renewal the leader may begin writes
 * @param leaseDuration how long other processes respect a Lease that does not change; writes under
 *     way have the time between {@code renewDeadline} and this to end
 */
record ElectionTimings(Duration retryPeriod, Duration renewDeadline, Duration leaseDuration) {

  ElectionTimings {
    if (retryPeriod.isNegative()
        || retryPeriod.compareTo(renewDeadline) >= 0
        || renewDeadline.compareTo(leaseDuration) >= 0) {
      throw new IllegalArgumentException(
          "must be retryPeriod < renewDeadline < leaseDuration: %s, %s, %s"
              .formatted(retryPeriod, renewDeadline, leaseDuration));
    }
  }

  /** A dead leader is replaced after 12 to 14 seconds, one that closes within 2. */
  static ElectionTimings defaults() {
    return new ElectionTimings(
        Duration.ofSeconds(2), Duration.ofSeconds(7), Duration.ofSeconds(12));
  }
}
