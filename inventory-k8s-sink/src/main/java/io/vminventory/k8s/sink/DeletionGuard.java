package io.vminventory.k8s.sink;

/**
 * Guard against mass deletions. To an account that lost a permission, machines vanish just as if
 * they had been deleted.
 */
record DeletionGuard(int percent, int count) {

  static DeletionGuard of(SinkOptions options) {
    return new DeletionGuard(options.guardPercent(), options.guardCount());
  }

  /**
   * How many deletions to hold back: all or none.
   *
   * @param records how many records the tenant has, without released ones
   * @param deletions how many of them are to be deleted
   * @param confirmed how many deletions a person has confirmed; counts only if it is the exact
   *     number
   * @param allowed how many deletions an earlier attempt of the same call was allowed
   */
  int heldBack(int records, int deletions, int confirmed, int allowed) {
    boolean suspicious = deletions > count && deletions * 100L > (long) percent * records;
    return suspicious && deletions != confirmed && deletions > allowed ? deletions : 0;
  }
}
