package io.vminventory.operator.wait;

import java.time.Duration;

/**
 * Exponential back-off: the delay doubles with each failure in a row, up to a maximum. Pure.
 *
 * @param initial the delay after the first failure
 * @param max the longest delay
 */
public record BackOff(Duration initial, Duration max) {

  private static final int MAX_DOUBLINGS = 10;

  private static final int MAX_JITTER_PERCENT = 10;

  /**
   * Delay before the next attempt.
   *
   * @param failures how many attempts in a row have failed, at least 1
   */
  public Duration delay(int failures) {
    Duration doubled = initial.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    return doubled.compareTo(max) < 0 ? doubled : max;
  }

  /**
   * Time shortened by up to 10 %, always by the same share for the same key: what starts together
   * does not stay together, and nothing waits longer than promised.
   *
   * @param key with a hash code that is the same in every process
   */
  public static Duration jittered(Duration time, Object key) {
    int permille = Math.floorMod(key.hashCode() * 0x9E3779B9, MAX_JITTER_PERCENT * 10);
    // Each mirror computes this a few times a second; the arithmetic of Duration is slower.
    return time.minusMillis(time.toMillis() * permille / 1000);
  }
}
