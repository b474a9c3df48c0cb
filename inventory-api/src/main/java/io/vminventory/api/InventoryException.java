package io.vminventory.api;

import org.jspecify.annotations.Nullable;

/**
 * Something did not work. The message is written for a person: it names the thing and the value,
 * after a semicolon the remedy, and never holds a secret.
 */
public final class InventoryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final Failure failure;

  public InventoryException(Failure failure, String message) {
    this(failure, message, null);
  }

  /**
   * @param failure what to do about it
   * @param message for a person, without secrets
   * @param cause what lies beneath; it must not hold a secret either, since it may be logged
   */
  public InventoryException(Failure failure, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  /** What to do about it. */
  public Failure failure() {
    return failure;
  }

  /** The message, which is never {@code null} here. */
  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
