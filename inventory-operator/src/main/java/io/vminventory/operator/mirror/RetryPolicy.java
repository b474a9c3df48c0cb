package io.vminventory.operator.mirror;

import io.vminventory.api.Failure;
import io.vminventory.api.TenantId;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import io.vminventory.operator.wait.BackOff;
import java.time.Duration;
import java.time.Instant;

/** When to retry after a failure. Pure. */
final class RetryPolicy {

  private static final Duration INITIAL_DELAY = Duration.ofSeconds(1);

  /** A tenant is up to date within 30 seconds of the recovery, however long the outage was. */
  private static final BackOff OUTAGE = new BackOff(INITIAL_DELAY, Duration.ofSeconds(20));

  /** An outage of the API server; a retry there costs no login. */
  private static final BackOff RECORDS = new BackOff(INITIAL_DELAY, Duration.ofSeconds(10));

  /** Failures that last until a person changes something. */
  private static final BackOff MISTAKE = new BackOff(INITIAL_DELAY, Duration.ofMinutes(2));

  /** Directory accounts lock after a few wrong passwords. */
  static final Duration REFUSED_LOGIN_COOLDOWN = Duration.ofMinutes(5);

  /** A session that ended earlier would only end again after another login. */
  private static final Duration MIN_SESSION_LIFETIME = Duration.ofSeconds(5);

  private RetryPolicy() {}

  /**
   * When to retry.
   *
   * <p>The delay counts from the start of the attempt, so that the time of a request that timed out
   * counts as waited. At least the initial delay is left from now on. The cool-down of a refused
   * login counts from now.
   *
   * @param attempts how many attempts in a row have failed, at least 1
   * @param began when the last of them began
   */
  static Instant nextAttempt(
      Stage stage, Failure failure, int attempts, TenantId tenant, Instant began, Instant now) {
    return switch (stage) {
      case RECORDS -> afterDelay(RECORDS, attempts, tenant, began, now);
      case PLATFORM ->
          switch (failure) {
            case UNAVAILABLE -> afterDelay(OUTAGE, attempts, tenant, began, now);
            case MISCONFIGURED, INTERNAL -> afterDelay(MISTAKE, attempts, tenant, began, now);
            case DENIED -> now.plus(REFUSED_LOGIN_COOLDOWN);
          };
    };
  }

  private static Instant afterDelay(
      BackOff backOff, int attempts, TenantId tenant, Instant began, Instant now) {
    Instant due = began.plus(BackOff.jittered(backOff.delay(attempts), tenant));
    Instant earliest = now.plus(BackOff.jittered(INITIAL_DELAY, tenant));
    return due.isAfter(earliest) ? due : earliest;
  }

  /**
   * Whether to reconnect at once after a session has failed, without counting a failed attempt:
   * sessions expire, and servers restart.
   *
   * @param lifetime the time since the session's snapshot
   */
  static boolean reconnectsAtOnce(Failure failure, Duration lifetime) {
    return failure == Failure.UNAVAILABLE && lifetime.compareTo(MIN_SESSION_LIFETIME) >= 0;
  }
}
