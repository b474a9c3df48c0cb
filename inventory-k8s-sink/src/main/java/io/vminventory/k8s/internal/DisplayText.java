package io.vminventory.k8s.internal;

/** Makes texts of a platform fit to be stored and shown. */
public final class DisplayText {

  private static final char ELLIPSIS = '…';
  private static final char REPLACEMENT = '\uFFFD';

  private DisplayText() {}

  /**
   * The text with at most so many characters, counted as the API server counts them (code points);
   * one that is cut ends in an ellipsis. What could control a terminal, end a line, turn the order
   * of what is read or cannot be encoded becomes a replacement character.
   */
  public static String clean(String text, int maxLength) {
    if (text.length() <= maxLength && isPlain(text)) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    int length = 0;
    for (int next = 0; next < text.length(); length++) {
      int character = text.codePointAt(next);
      next += Character.charCount(character);
      if (length == maxLength - 1 && next < text.length()) {
        return result.append(ELLIPSIS).toString();
      }
      result.appendCodePoint(isHarmless(character) ? character : REPLACEMENT);
    }
    return result.toString();
  }

  /** Whether it is printable ASCII, as most texts are, and so as it should be. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isHarmless(int character) {
    int type = Character.getType(character);
    return type != Character.CONTROL
        && type != Character.SURROGATE
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && !turnsTheOrder(character);
  }

  /** The marks of Unicode's bidirectional algorithm, by which one name looks like another. */
  private static boolean turnsTheOrder(int character) {
    return character == 0x061C
        || (character >= 0x200E && character <= 0x200F)
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }
}
