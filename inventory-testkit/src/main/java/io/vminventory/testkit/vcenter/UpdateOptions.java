package io.vminventory.testkit.vcenter;

/** How news is told, to all collectors. Thread-safe. */
final class UpdateOptions {

  private final int limit;
  private volatile boolean movesAsLeaveAndEnter;
  private volatile boolean unsetInEnters;

  /**
   * @param limit how many objects a set tells of at most
   */
  UpdateOptions(int limit) {
    this.limit = limit;
  }

  int limit() {
    return limit;
  }

  /** Whether a machine that was moved enters, and then leaves, though it is still there. */
  boolean movesAsLeaveAndEnter() {
    return movesAsLeaveAndEnter;
  }

  void movesAsLeaveAndEnter(boolean value) {
    movesAsLeaveAndEnter = value;
  }

  /** Whether an object that enters tells the properties, too, that are not set. */
  boolean unsetInEnters() {
    return unsetInEnters;
  }

  void unsetInEnters(boolean value) {
    unsetInEnters = value;
  }
}
