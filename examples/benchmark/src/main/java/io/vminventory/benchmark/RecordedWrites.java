package io.vminventory.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns writes that were recorded into writes that can be sent again. Pure. */
final class RecordedWrites {

  private static final String VERSION = "\"resourceVersion\":\"";

  private RecordedWrites() {}

  /** The deletion of what was created or changed. */
  static List<WriteRecorder.Write> deletions(List<WriteRecorder.Write> changes) {
    return changes.stream()
        .map(change -> new WriteRecorder.Write(0, "DELETE", change.path(), ""))
        .toList();
  }

  /**
   * The same changes to the versions that the objects have now.
   *
   * @param versions by the objects' names
   * @throws IllegalArgumentException if an object is not there, or a change names no version
   */
  static List<WriteRecorder.Write> renewed(
      List<WriteRecorder.Write> changes, Map<String, String> versions) {
    return changes.stream()
        .map(
            change ->
                new WriteRecorder.Write(
                    0, change.method(), change.path(), renewed(change, versions)))
        .toList();
  }

  private static String renewed(WriteRecorder.Write change, Map<String, String> versions) {
    String name = change.path().substring(change.path().lastIndexOf('/') + 1);
    Optional<String> before = Texts.between(change.body(), VERSION, "\"");
    String now = versions.get(name);
    if (before.isEmpty() || now == null) {
      throw new IllegalArgumentException("cannot change again: " + change.path());
    }
    return change.body().replace(VERSION + before.get() + "\"", VERSION + now + "\"");
  }
}
