package io.vminventory.api;

import java.util.Locale;

/**
 * What somebody saw who looked at one part of the whole. All texts are for a person, and none holds
 * a secret.
 *
 * @param subject what was looked at, in a few words
 * @param level how it is
 * @param what what was seen
 * @param remedy what to do about it; empty if nothing, or if nobody knows
 */
public record CheckResult(String subject, Level level, String what, String remedy) {

  /** How something is. The constants print as they are read by people. */
  public enum Level {
    OK,
    /** It works, but somebody should look after it. */
    WARNING,
    /** It does not work. */
    FAILED,
    /** Nobody could look, because of something that failed before. */
    SKIPPED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public CheckResult {
    Checks.notBlank("subject", subject);
  }

  public static CheckResult ok(String subject, String what) {
    return new CheckResult(subject, Level.OK, what, "");
  }

  public static CheckResult warning(String subject, String what, String remedy) {
    return new CheckResult(subject, Level.WARNING, what, remedy);
  }

  public static CheckResult failed(String subject, String what, String remedy) {
    return new CheckResult(subject, Level.FAILED, what, remedy);
  }

  /**
   * A failure told by a message that says what is wrong, then a semicolon, then what to do about
   * it, as those of {@link InventoryException} do.
   */
  public static CheckResult failed(String subject, String message) {
    String[] parts = message.split("; ", 2);
    return failed(subject, parts[0], parts.length > 1 ? parts[1] : "");
  }

  public static CheckResult skipped(String subject, String why) {
    return new CheckResult(subject, Level.SKIPPED, why, "");
  }
}
