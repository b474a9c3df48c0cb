package io.vminventory.k8s.sink;

/**
 * Guard against mass deletions. If an account loses a permission, its machines disappear just as if
 * they had been deleted.
 */
record DeletionGuard(int percent, int count) {

  static DeletionGuard of(SinkOptions options) {
    return new DeletionGuard(options.guardPercent(), options.guardCount());
  }

  /**
   * How many deletions to hold back: all or none.
   *
   * @param records how many records the tenant has, not counting those that were released (see
   *     {@link DeletionPolicy#RETAIN})
   * @param deletions how many of them are to be deleted
   * @param confirmed the number of deletions that a person has confirmed, 0 if none; it has an
   *     effect only if it equals {@code deletions}
   * @param allowed how many deletions an earlier attempt of the same call was allowed
   */
  int heldBack(int records, int deletions, int confirmed, int allowed) {
    boolean suspicious = deletions > count && deletions * 100L > (long) percent * records;
    return suspicious && deletions != confirmed && deletions > allowed ? deletions : 0;
  }
}
