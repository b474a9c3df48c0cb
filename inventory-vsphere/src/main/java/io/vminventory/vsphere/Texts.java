package io.vminventory.vsphere;

import java.util.Optional;
import java.util.regex.Pattern;

/** Understands texts of a server: names as vCenter writes them, numbers, words for people. */
final class Texts {

  /** Longer than any text that a vCenter takes from people, and than any that is recorded. */
  static final int LONGEST = 1_024;

  private static final int LONGEST_QUOTE = 300;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Z}]+");
  private static final Pattern ESCAPE = Pattern.compile("%(2f|5c|25)");

  /** Undoing these would make one path of two: a slash, and a percent sign before {@code 2f}. */
  private static final Pattern ESCAPE_IN_PATH = Pattern.compile("%(5c|25(?!(?:25)*2f))");

  private Texts() {}

  /** An object's name as a person gave it: vCenter writes {@code / \ %} as {@code %2f %5c %25}. */
  static String name(String escaped) {
    return unescape(ESCAPE, escaped);
  }

  /** An object's name as one element of a path: a slash stays {@code %2f}. */
  static String pathElement(String escaped) {
    return unescape(ESCAPE_IN_PATH, escaped);
  }

  private static String unescape(Pattern pattern, String text) {
    return text.indexOf('%') < 0
        ? text
        : pattern
            .matcher(text)
            .replaceAll(
                match ->
                    switch (match.group(1)) {
                      case "2f" -> "/";
                      case "5c" -> "\\\\";
                      default -> "%";
                    });
  }

  /** A whole number; empty if the text is none, or out of an {@code int}'s range. */
  static Optional<Integer> integer(String text) {
    try {
      return Optional.of(Integer.valueOf(text.strip()));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** A truth value as XML writes it; empty if the text is none. */
  static Optional<Boolean> flag(String text) {
    return switch (text.strip()) {
      case "true", "1" -> Optional.of(true);
      case "false", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** The text, without its end if it is longer than any that means something. */
  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  /** A server's text fit for a log or a status: one line, printable, of bounded length. */
  static String quote(String text) {
    String head = text.length() > 4 * LONGEST_QUOTE ? text.substring(0, 4 * LONGEST_QUOTE) : text;
    String line = UNPRINTABLE.matcher(head).replaceAll(" ").strip();
    return line.length() > LONGEST_QUOTE ? line.substring(0, LONGEST_QUOTE) + "..." : line;
  }
}
