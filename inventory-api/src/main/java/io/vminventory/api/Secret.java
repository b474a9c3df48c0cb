package io.vminventory.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Password or similar text. It prints as {@code ***}, so that it cannot slip into a log, an event
 * or a message by string concatenation; only {@link #reveal()} returns the text.
 */
public final class Secret {

  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /** Wraps the text as it is: nothing is trimmed, and an empty secret is a secret. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The text itself. Call this only where the text is sent. */
  public String reveal() {
    return value;
  }

  /** Equal by text, compared in a time that does not depend on where two texts differ. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Always {@code ***}. */
  @Override
  public String toString() {
    return "***";
  }
}
