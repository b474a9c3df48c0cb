package io.vminventory.api;

import org.jspecify.annotations.Nullable;

/**
 * Failure of a read or a write. Its texts are written for a person: the problem names the thing and
 * the value, the remedy says what to do about it. Neither holds a secret.
 */
public final class InventoryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Failure failure;
  private final String problem;
  private final String remedy;

  /** A failure for which no remedy is known. */
  public InventoryException(Failure failure, String problem) {
    this(failure, problem, "", null);
  }

  /** A failure that another exception caused and for which no remedy is known. */
  public InventoryException(Failure failure, String problem, @Nullable Throwable cause) {
    this(failure, problem, "", cause);
  }

  public InventoryException(Failure failure, String problem, String remedy) {
    this(failure, problem, remedy, null);
  }

  /**
   * A failure that another exception caused.
   *
   * @param failure how the caller should react
   * @param problem what is wrong, for a person, not blank, without secrets
   * @param remedy what that person can do about it; empty if that is not known
   * @param cause it must not hold a secret either, since it may be logged
   */
  public InventoryException(
      Failure failure, String problem, String remedy, @Nullable Throwable cause) {
    super(remedy.isEmpty() ? problem : problem + "; " + remedy, cause);
    this.failure = failure;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** How the caller should react. */
  public Failure failure() {
    return failure;
  }

  /** What is wrong. */
  public String problem() {
    return problem;
  }

  /** What a person can do about it; empty if that is not known. */
  public String remedy() {
    return remedy;
  }

  /** Problem and remedy in one line, for logs and conditions; never {@code null} here. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
