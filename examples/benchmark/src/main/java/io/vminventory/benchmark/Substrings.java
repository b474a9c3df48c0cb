package io.vminventory.benchmark;

import java.util.Optional;

/** Substrings of responses, found without decoding them. Pure. */
final class Substrings {

  private Substrings() {}

  /** The text between the first {@code before} and the next {@code after}; empty without both. */
  static Optional<String> between(String text, String before, String after) {
    int begin = text.indexOf(before);
    int end = begin < 0 ? -1 : text.indexOf(after, begin + before.length());
    return end < 0 ? Optional.empty() : Optional.of(text.substring(begin + before.length(), end));
  }

  /** The text of the first element of this name; empty if it has none or has child elements. */
  static Optional<String> element(String xml, String name) {
    int begin = xml.indexOf("<" + name);
    if (begin < 0) {
      return Optional.empty();
    }
    return between(xml.substring(begin), ">", "<").filter(text -> !text.isBlank());
  }
}
