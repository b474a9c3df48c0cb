package io.vminventory.k8s.sink;

/**
 * Decides how many deletions are too many to be believed: an account that lost a permission sees
 * its machines vanish just as if they had been deleted.
 */
record DeletionGuard(int percent, int count) {

  static DeletionGuard of(SinkOptions options) {
    return new DeletionGuard(options.guardPercent(), options.guardCount());
  }

  /**
   * How many deletions must wait: all of them or none.
   *
   * @param records how many records the tenant has, without those that were released
   * @param deletions how many of them are to be deleted
   * @param confirmed how many deletions a person agreed to; counts only if it is exactly right
   * @param granted how many deletions an earlier attempt at the same work was allowed
   */
  int held(int records, int deletions, int confirmed, int granted) {
    boolean suspicious = deletions > count && deletions * 100L > (long) percent * records;
    return suspicious && deletions != confirmed && deletions > granted ? deletions : 0;
  }
}
