package io.vminventory.vsphere;

/**
 * How much memory the objects that a server tells of may take, over all its answers. It counts
 * roughly, in bytes, and no vCenter can hold as much; without it, a server that lies could fill the
 * memory in answers none of which is too long. For one thread.
 */
final class Capacity {

  /** More than three times what the largest vCenter (40,000 machines) comes to. */
  static final long MOST_BYTES = 384L << 20;

  private final long most;
  private long taken;

  Capacity() {
    this(MOST_BYTES);
  }

  /**
   * @param most bytes that may be taken
   */
  Capacity(long most) {
    this.most = most;
  }

  /**
   * Takes this many bytes.
   *
   * @throws UnexpectedResponseException if there are not as many left
   */
  void take(long bytes) throws UnexpectedResponseException {
    taken += bytes;
    if (taken > most) {
      throw new UnexpectedResponseException(
          200, "it tells more than a vCenter can hold (over " + (most >> 20) + " MiB of facts)");
    }
  }

  /** Gives back what was taken. */
  void giveBack(long bytes) {
    taken -= bytes;
  }
}
