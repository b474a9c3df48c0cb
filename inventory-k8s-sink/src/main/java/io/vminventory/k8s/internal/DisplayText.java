package io.vminventory.k8s.internal;

/** Texts of a platform, made safe to store and display. */
public final class DisplayText {

  private static final char ELLIPSIS = '…';
  private static final char REPLACEMENT = '\uFFFD';

  private DisplayText() {}

  /**
   * The text, cut to a maximum of code points, as the API server counts them; a text that was cut
   * ends in an ellipsis. Characters that could control a terminal, end a line, change the reading
   * direction or cannot be encoded become replacement characters.
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

  /** Whether it is printable ASCII, as most texts are. */
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
        && !changesDirection(character);
  }

  /** Marks of Unicode's bidirectional algorithm, which make one name look like another. */
  private static boolean changesDirection(int character) {
    return character == 0x061C
        || (character >= 0x200E && character <= 0x200F)
        || (character >= 0x202A && character <= 0x202E)
        || (character >= 0x2066 && character <= 0x2069);
  }
}
