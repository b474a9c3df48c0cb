package io.vminventory.operator.mirror;

import io.vminventory.api.Failure;
import io.vminventory.api.Tenant;
import io.vminventory.operator.kube.Reason;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Failure of a mirror's last attempt.
 *
 * @param stage where it failed
 * @param failure the kind of failure
 * @param message for a person
 * @param attempts how many attempts in a row have failed at this stage, at least 1
 * @param retryAt when to retry, unless something changes before
 * @param tenant the account of the attempt
 */
public record FailedAttempt(
    Stage stage, Failure failure, String message, int attempts, Instant retryAt, Tenant tenant) {

  /** Side of a mirror. */
  public enum Stage {
    /** Logging in to the platform or reading from it. */
    PLATFORM,
    /** Reading or writing the records. */
    RECORDS
  }

  /** The reasons that a failed attempt can have. */
  public static final Set<Reason> REASONS =
      Arrays.stream(Stage.values())
          .flatMap(stage -> Arrays.stream(Failure.values()).map(failure -> reason(stage, failure)))
          .collect(Collectors.toUnmodifiableSet());

  /**
   * The failed attempt that follows the last one.
   *
   * <p>Changes are applied even before the retry of the records is due. If that fails in the same
   * way, it does not count as an attempt, and the last one stays.
   *
   * @param began when the attempt began
   * @param now when it failed
   */
  static FailedAttempt after(
      Optional<FailedAttempt> last,
      Stage stage,
      Failure failure,
      String message,
      Tenant tenant,
      Instant began,
      Instant now) {
    Optional<FailedAttempt> previous = last.filter(attempt -> attempt.stage() == stage);
    if (stage == Stage.RECORDS
        && previous
            .filter(p -> p.isSame(failure, message) && began.isBefore(p.retryAt()))
            .isPresent()) {
      return previous.get();
    }
    int attempts = previous.map(attempt -> attempt.attempts() + 1).orElse(1);
    Instant retryAt = RetryPolicy.nextAttempt(stage, failure, attempts, tenant.id(), began, now);
    return new FailedAttempt(stage, failure, message, attempts, retryAt, tenant);
  }

  private boolean isSame(Failure otherFailure, String otherMessage) {
    return failure == otherFailure && message.equals(otherMessage);
  }

  /**
   * Refused login of an earlier process, whose cool-down has not passed yet.
   *
   * @param message the platform's message of that time
   * @param retryAt when the earlier process wanted to retry; at most a full cool-down from now
   * @param tenant the account, which is still the same
   */
  public static FailedAttempt restoredRefusal(
      String message, Instant retryAt, Tenant tenant, Instant now) {
    Instant latest = now.plus(RetryPolicy.REFUSED_LOGIN_COOLDOWN);
    return new FailedAttempt(
        Stage.PLATFORM,
        Failure.DENIED,
        message,
        1,
        retryAt.isBefore(latest) ? retryAt : latest,
        tenant);
  }

  /** Whether the platform refused a login. */
  boolean isRefusal() {
    return stage == Stage.PLATFORM && failure == Failure.DENIED;
  }

  /** Whether the platform refused this very account, so that a retry could lock it. */
  public boolean isRefusalOf(Tenant account) {
    return isRefusal()
        && tenant.username().equals(account.username())
        && tenant.password().equals(account.password());
  }

  private static Reason reason(Stage stage, Failure failure) {
    return switch (stage) {
      case RECORDS -> Reason.RecordsNotWritten;
      case PLATFORM ->
          switch (failure) {
            case DENIED -> Reason.LoginRefused;
            case MISCONFIGURED -> Reason.ServerMisconfigured;
            case UNAVAILABLE -> Reason.ServerUnavailable;
            case INTERNAL -> Reason.InternalError;
          };
    };
  }

  /** The reason in conditions, events, log lines and metrics. */
  public Reason reason() {
    return reason(stage, failure);
  }
}
