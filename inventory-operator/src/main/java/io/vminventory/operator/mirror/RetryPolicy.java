package io.vminventory.operator.mirror;

import io.vminventory.api.Failure;
import io.vminventory.api.TenantId;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import java.time.Duration;
import java.time.Instant;

/** When to try again after a failure, and by how much tenants are spread in time. Pure. */
final class RetryPolicy {

  private static final Duration FIRST = Duration.ofSeconds(1);

  /** A tenant is to be fresh within 30 seconds of the recovery, however long the outage was. */
  private static final Duration MOST_IN_AN_OUTAGE = Duration.ofSeconds(20);

  /** The same for the API server, which costs no login. */
  private static final Duration MOST_FOR_RECORDS = Duration.ofSeconds(10);

  /** Somebody has to change something first, and nobody waits at the screen for it. */
  private static final Duration MOST_FOR_A_MISTAKE = Duration.ofMinutes(2);

  /** Directory accounts lock after a few wrong passwords, so a refused one rests this long. */
  static final Duration AFTER_DENIAL = Duration.ofMinutes(5);

  /** A session that lived shorter than this is not worth another login at once. */
  private static final Duration LIVED = Duration.ofSeconds(5);

  private RetryPolicy() {}

  /**
   * When to try again.
   *
   * <p>The wait counts from the start of the attempt, so that time spent on a server that does not
   * answer is not waited a second time; a second is left in between all the same. A refused account
   * rests from now on.
   *
   * @param attempts how many tries in a row have failed, at least 1
   * @param began when the last of them began
   */
  static Instant at(
      Stage stage, Failure failure, int attempts, TenantId tenant, Instant began, Instant now) {
    if (stage == Stage.PLATFORM && failure == Failure.DENIED) {
      return now.plus(AFTER_DENIAL);
    }
    Instant due = began.plus(after(stage, failure, attempts, tenant));
    Instant soonest = now.plus(spread(FIRST, tenant));
    return due.isAfter(soonest) ? due : soonest;
  }

  private static Duration after(Stage stage, Failure failure, int attempts, TenantId tenant) {
    Duration most =
        switch (stage) {
          case RECORDS -> MOST_FOR_RECORDS;
          case PLATFORM ->
              switch (failure) {
                case UNAVAILABLE -> MOST_IN_AN_OUTAGE;
                case MISCONFIGURED, INTERNAL -> MOST_FOR_A_MISTAKE;
                case DENIED -> AFTER_DENIAL;
              };
        };
    Duration doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, 10));
    return spread(doubled.compareTo(most) > 0 ? most : doubled, tenant);
  }

  /**
   * Whether a session that ended like this is replaced at once, without counting as a setback:
   * sessions expire, and servers restart. One that ended as soon as it began would only end again.
   *
   * @param lived how long it lived after its snapshot
   */
  static boolean replacesAtOnce(Failure failure, Duration lived) {
    return failure == Failure.UNAVAILABLE && lived.compareTo(LIVED) >= 0;
  }

  /**
   * Between 90 % and 100 % of a time, always the same for the same tenant: tenants that start
   * together do not stay together, and none waits longer than it was promised.
   */
  static Duration spread(Duration time, TenantId tenant) {
    int permille = Math.floorMod(tenant.hashCode() * 0x9E3779B9, 100);
    // Each mirror asks this a few times a second: the arithmetic of durations is slower.
    return time.minusMillis(time.toMillis() * permille / 1000);
  }
}
