package io.vminventory.api;

import java.util.List;

/**
 * Result of {@link InventorySink#apply}.
 *
 * @param writes the records that were written, in the order of their names
 * @param unchanged how many records were right already
 * @param heldDeletions how many deletions were held back because they were too many at once
 * @param problems the records that could not be written; repeating the call retries them
 */
public record SinkResult(
    List<Write> writes, int unchanged, int heldDeletions, List<Problem> problems) {

  public SinkResult {
    writes = List.copyOf(writes);
    problems = List.copyOf(problems);
  }

  /** Kind of a write. */
  public enum Kind {
    CREATED,
    CHANGED,
    DELETED
  }

  /**
   * One record that was written.
   *
   * @param kind whether the record was created, changed or deleted
   * @param record the record's name
   * @param summary what changed, for a person, such as {@code powerState poweredOn -> poweredOff};
   *     the machine's name if it was created or deleted
   */
  public record Write(Kind kind, String record, String summary) {}

  /**
   * One record that could not be written.
   *
   * @param record the record's name
   * @param message why, for a person
   */
  public record Problem(String record, String message) {}

  /** Number of records that were written in this way. */
  public int count(Kind kind) {
    return (int) writes.stream().filter(write -> write.kind() == kind).count();
  }

  /** Whether every record is now in line with the inventory. */
  public boolean complete() {
    return heldDeletions == 0 && problems.isEmpty();
  }
}
