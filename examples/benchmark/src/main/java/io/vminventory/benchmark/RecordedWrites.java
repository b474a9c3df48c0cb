package io.vminventory.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Conversion of recorded writes into writes that can be sent again. Pure. */
final class RecordedWrites {

  private static final String VERSION_PREFIX = "\"resourceVersion\":\"";

  private RecordedWrites() {}

  /** Deletions of the objects that were created or updated. */
  static List<WriteRecorder.Write> deletions(List<WriteRecorder.Write> writes) {
    return writes.stream()
        .map(write -> new WriteRecorder.Write(0, "DELETE", write.path(), ""))
        .toList();
  }

  /**
   * The same updates with the resource versions that the objects have now.
   *
   * @param versions by object name
   * @throws IllegalArgumentException if an object does not exist, or an update has no resource
   *     version
   */
  static List<WriteRecorder.Write> withVersions(
      List<WriteRecorder.Write> writes, Map<String, String> versions) {
    return writes.stream()
        .map(
            write ->
                new WriteRecorder.Write(
                    0, write.method(), write.path(), bodyWithVersion(write, versions)))
        .toList();
  }

  private static String bodyWithVersion(WriteRecorder.Write write, Map<String, String> versions) {
    String name = write.path().substring(write.path().lastIndexOf('/') + 1);
    Optional<String> recorded = Substrings.between(write.body(), VERSION_PREFIX, "\"");
    String current = versions.get(name);
    if (recorded.isEmpty() || current == null) {
      throw new IllegalArgumentException("cannot repeat the update of " + write.path());
    }
    return write
        .body()
        .replace(VERSION_PREFIX + recorded.get() + "\"", VERSION_PREFIX + current + "\"");
  }
}
