package io.vminventory.operator.mirror;

import io.vminventory.api.Failure;
import io.vminventory.api.Tenant;
import java.time.Instant;
import java.util.Optional;

/**
 * Why the last try did not work, and when the next one is due.
 *
 * @param stage where it failed
 * @param failure what to do about it
 * @param message for a person
 * @param attempts how many tries in a row have failed there, at least 1
 * @param retryAt when to try again, unless something changes before
 * @param tenant the account that it was tried with
 */
public record FailedAttempt(
    Stage stage, Failure failure, String message, int attempts, Instant retryAt, Tenant tenant) {

  /** The two sides of a mirror. */
  public enum Stage {
    /** Logging in to the platform or reading from it. */
    PLATFORM,
    /** Reading or writing the records. */
    RECORDS
  }

  /**
   * The setback after one more try, which began at {@code began} and has failed now.
   *
   * <p>What changes in the meantime is handed over before the next try for the records is due. If
   * that fails in the same way, nothing is new: the last setback stands.
   */
  static FailedAttempt after(
      Optional<FailedAttempt> last,
      Stage stage,
      Failure failure,
      String message,
      Tenant tried,
      Instant began,
      Instant now) {
    Optional<FailedAttempt> before = last.filter(setback -> setback.stage() == stage);
    if (stage == Stage.RECORDS
        && before
            .filter(b -> b.says(failure, message) && began.isBefore(b.retryAt()))
            .isPresent()) {
      return before.get();
    }
    int attempts = before.map(setback -> setback.attempts() + 1).orElse(1);
    Instant retryAt = RetryPolicy.at(stage, failure, attempts, tried.id(), began, now);
    return new FailedAttempt(stage, failure, message, attempts, retryAt, tried);
  }

  private boolean says(Failure otherFailure, String otherMessage) {
    return failure == otherFailure && message.equals(otherMessage);
  }

  /**
   * The refusal that an earlier process met with, and whose rest is not over.
   *
   * @param message what the platform said then
   * @param retryAt when that process wanted to try again
   * @param tenant the account, which is still the same
   * @param now bounds the rest: it is not longer than that of a refusal now
   */
  public static FailedAttempt restoredRefusal(
      String message, Instant retryAt, Tenant tenant, Instant now) {
    Instant latest = now.plus(RetryPolicy.AFTER_DENIAL);
    return new FailedAttempt(
        Stage.PLATFORM,
        Failure.DENIED,
        message,
        1,
        retryAt.isBefore(latest) ? retryAt : latest,
        tenant);
  }

  /** Whether the platform refused this very account, so that trying it again could lock it. */
  public boolean isRefusalOf(Tenant tenant) {
    return failure == Failure.DENIED
        && stage == Stage.PLATFORM
        && this.tenant.username().equals(tenant.username())
        && this.tenant.password().equals(tenant.password());
  }
}
