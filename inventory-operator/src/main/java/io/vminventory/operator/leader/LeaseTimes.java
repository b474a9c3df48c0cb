package io.vminventory.operator.leader;

import java.time.Duration;

/**
 * How long what takes in an election.
 *
 * @param look between two looks at the Lease, each of which renews it if this process leads
 * @param permit how long after the beginning of a renewal writes may begin
 * @param lease how long a Lease that does not change is respected by others; what lies between
 *     {@code permit} and this is left to writes that are under way
 */
record LeaseTimes(Duration look, Duration permit, Duration lease) {

  LeaseTimes {
    if (look.isNegative() || look.compareTo(permit) >= 0 || permit.compareTo(lease) >= 0) {
      throw new IllegalArgumentException(
          "must be look < permit < lease: %s, %s, %s".formatted(look, permit, lease));
    }
  }

  /** A dead leader is replaced after 12 to 14 seconds, one that ends as asked within 2. */
  static LeaseTimes defaults() {
    return new LeaseTimes(Duration.ofSeconds(2), Duration.ofSeconds(7), Duration.ofSeconds(12));
  }
}
