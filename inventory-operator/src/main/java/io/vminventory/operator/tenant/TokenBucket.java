package io.vminventory.operator.tenant;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Token bucket: a burst at once, and one more per period in the long run. Not thread-safe. */
final class TokenBucket {

  private final int capacity;
  private final Duration period;
  private final InstantSource clock;
  private int tokens;
  private Instant refilledAt;

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
    this.refilledAt = clock.instant();
  }

  /** Whether there was a token to take. */
  boolean tryTake() {
    refill();
    if (tokens == 0) {
      return false;
    }
    tokens--;
    return true;
  }

  private void refill() {
    Instant now = clock.instant();
    long periods = Duration.between(refilledAt, now).dividedBy(period);
    if (periods < 0 || tokens + periods >= capacity) {
      // Full, or the clock was set back: counting starts again.
      tokens = periods < 0 ? tokens : capacity;
      refilledAt = now;
    } else {
      tokens += (int) periods;
      refilledAt = refilledAt.plus(period.multipliedBy(periods));
    }
  }
}
