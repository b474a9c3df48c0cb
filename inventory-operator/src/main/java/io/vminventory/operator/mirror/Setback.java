package io.vminventory.operator.mirror;

import io.vminventory.api.Failure;
import io.vminventory.api.Tenant;
import java.time.Instant;

/**
 * Why the last try did not work, and when the next one is due.
 *
 * @param stage where it failed
 * @param failure what to do about it
 * @param message for a person
 * @param attempts how many tries in a row have failed, at least 1
 * @param retryAt when to try again, unless something changes before
 * @param tried the account that it was tried with
 */
public record Setback(
    Stage stage, Failure failure, String message, int attempts, Instant retryAt, Tenant tried) {

  /** The two sides of a mirror. */
  public enum Stage {
    /** Logging in to the platform or reading from it. */
    PLATFORM,
    /** Reading or writing the records. */
    RECORDS
  }

  /** Whether the platform refused this very account, so that trying it again could lock it. */
  boolean refused(Tenant tenant) {
    return failure == Failure.DENIED
        && stage == Stage.PLATFORM
        && tried.username().equals(tenant.username())
        && tried.password().equals(tenant.password());
  }
}
