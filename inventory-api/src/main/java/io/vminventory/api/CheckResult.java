package io.vminventory.api;

import java.util.Locale;

/**
 * Result of one check. All texts are for a person, and none holds a secret.
 *
 * @param subject what was checked, in a few words, not blank
 * @param level how it went
 * @param detail what the check found
 * @param remedy what to do about it; empty if nothing has to be done, or if that is not known
 */
public record CheckResult(String subject, Level level, String detail, String remedy) {

  /** Outcome of a check. The constants print in lower case. */
  public enum Level {
    OK,
    /** It works, but a person should attend to it. */
    WARNING,
    /** It does not work. */
    FAILED,
    /** Not checked, because of an earlier failure. */
    SKIPPED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public CheckResult {
    Checks.notBlank("subject", subject);
  }

  public static CheckResult ok(String subject, String detail) {
    return new CheckResult(subject, Level.OK, detail, "");
  }

  public static CheckResult warning(String subject, String detail, String remedy) {
    return new CheckResult(subject, Level.WARNING, detail, remedy);
  }

  public static CheckResult failed(String subject, String detail, String remedy) {
    return new CheckResult(subject, Level.FAILED, detail, remedy);
  }

  /** A failed check with the problem and the remedy of an exception. */
  public static CheckResult failed(String subject, InventoryException failure) {
    return failed(subject, failure.problem(), failure.remedy());
  }

  /** A check that was not made, and why. */
  public static CheckResult skipped(String subject, String reason) {
    return new CheckResult(subject, Level.SKIPPED, reason, "");
  }
}
