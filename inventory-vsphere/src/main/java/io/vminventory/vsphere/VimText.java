package io.vminventory.vsphere;

import java.util.Optional;
import java.util.regex.Pattern;

/** Texts of the vim25 API: escaped names, numbers, truth values, messages. Pure. */
final class VimText {

  /** More than vCenter accepts from people, and than a record holds. */
  static final int MAX_LENGTH = 1_024;

  private static final int MAX_QUOTE_LENGTH = 300;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Z}]+");
  private static final Pattern ESCAPE = Pattern.compile("%(2f|5c|25)");

  /** Without the escapes that keep paths unambiguous: a slash, and a percent sign before it. */
  private static final Pattern ESCAPE_IN_PATH = Pattern.compile("%(5c|25(?!(?:25)*2f))");

  private VimText() {}

  /**
   * An object's name as a person wrote it: vCenter escapes {@code / \ %} as {@code %2f %5c %25}.
   */
  static String unescapeName(String escaped) {
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

  /** A whole number; empty if the text is not one, or out of an {@code int}'s range. */
  static Optional<Integer> toInteger(String text) {
    try {
      return Optional.of(Integer.valueOf(text.strip()));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /** A truth value as in XML; empty if the text is not one. */
  static Optional<Boolean> toBoolean(String text) {
    return switch (text.strip()) {
      case "true", "1" -> Optional.of(true);
      case "false", "0" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** The text, cut at {@link #MAX_LENGTH}. */
  static String truncate(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
  }

  /** A server's text for logs and messages: one line, printable, of bounded length. */
  static String quote(String text) {
    String head =
        text.length() > 4 * MAX_QUOTE_LENGTH ? text.substring(0, 4 * MAX_QUOTE_LENGTH) : text;
    String line = UNPRINTABLE.matcher(head).replaceAll(" ").strip();
    return line.length() > MAX_QUOTE_LENGTH ? line.substring(0, MAX_QUOTE_LENGTH) + "..." : line;
  }
}
