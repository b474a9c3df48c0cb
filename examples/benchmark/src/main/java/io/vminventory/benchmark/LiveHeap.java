package io.vminventory.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Live objects of a heap.
 *
 * @param bytes of all live objects
 * @param largest the classes with the most bytes, each with its objects and bytes, for people
 */
record LiveHeap(long bytes, List<String> largest) {

  private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
  private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");
  private static final int MAX_CLASSES = 12;

  LiveHeap {
    largest = List.copyOf(largest);
  }

  /** Parses the output of {@code jcmd GC.class_histogram}. */
  static LiveHeap of(List<String> lines) throws IOException {
    long bytes =
        lines.stream()
            .map(TOTAL::matcher)
            .filter(Matcher::matches)
            .map(total -> Long.parseLong(total.group(1)))
            .findFirst()
            .orElseThrow(
                () -> new IOException("jcmd has printed no histogram: " + String.join(" ", lines)));
    return new LiveHeap(
        bytes,
        lines.stream()
            .map(CLASS::matcher)
            .filter(Matcher::matches)
            .limit(MAX_CLASSES)
            .map(
                line ->
                    "%10s objects %12s bytes  %s"
                        .formatted(line.group(1), line.group(2), line.group(3)))
            .toList());
  }
}
