package io.vminventory.operator.tenant;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Lets some things happen at once and no more than one per period in the long run. For one thread.
 */
final class TokenBucket {

  private final int capacity;
  private final Duration period;
  private final InstantSource clock;
  private int tokens;
  private Instant counted;

  /**
   * A full bucket.
   *
   * @param capacity how many tokens it holds
   * @param period in which it gets one token back
   */
  TokenBucket(int capacity, Duration period, InstantSource clock) {
    this.capacity = capacity;
    this.period = period;
    this.clock = clock;
    this.tokens = capacity;
    this.counted = clock.instant();
  }

  /** Takes a token, if there is one. */
  boolean take() {
    refill();
    if (tokens == 0) {
      return false;
    }
    tokens--;
    return true;
  }

  private void refill() {
    Instant now = clock.instant();
    long periods = Duration.between(counted, now).dividedBy(period);
    if (periods < 0 || tokens + periods >= capacity) {
      // Full, or the clock was set back: counting begins anew.
      tokens = periods < 0 ? tokens : capacity;
      counted = now;
    } else {
      tokens += (int) periods;
      counted = counted.plus(period.multipliedBy(periods));
    }
  }
}
