package io.vminventory.testkit.vcenter;

/** Options of update sets, for all collectors. Thread-safe. */
final class UpdateOptions {

  private final int limit;
  private volatile boolean movesAsLeaveAndEnter;
  private volatile boolean unsetOnEnter;

  /**
   * @param limit the maximum number of objects in an update set
   */
  UpdateOptions(int limit) {
    this.limit = limit;
  }

  int limit() {
    return limit;
  }

  /** Whether a moved machine is reported as enter and then leave. */
  boolean movesAsLeaveAndEnter() {
    return movesAsLeaveAndEnter;
  }

  void movesAsLeaveAndEnter(boolean value) {
    movesAsLeaveAndEnter = value;
  }

  /** Whether an entering object reports unset properties, too. */
  boolean unsetOnEnter() {
    return unsetOnEnter;
  }

  void unsetOnEnter(boolean value) {
    unsetOnEnter = value;
  }
}
