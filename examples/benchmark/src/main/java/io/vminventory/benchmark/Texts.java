package io.vminventory.benchmark;

import java.util.Optional;

/** Cuts values out of answers that nobody decodes. Pure. */
final class Texts {

  private Texts() {}

  /** What is between the first of these and the next of those; empty if there are not both. */
  static Optional<String> between(String text, String before, String after) {
    int begin = text.indexOf(before);
    int end = begin < 0 ? -1 : text.indexOf(after, begin + before.length());
    return end < 0 ? Optional.empty() : Optional.of(text.substring(begin + before.length(), end));
  }

  /** The text of the first element of that name, which has no children; attributes may be. */
  static Optional<String> element(String xml, String name) {
    int begin = xml.indexOf("<" + name);
    if (begin < 0) {
      return Optional.empty();
    }
    return between(xml.substring(begin), ">", "<").filter(text -> !text.isBlank());
  }
}
