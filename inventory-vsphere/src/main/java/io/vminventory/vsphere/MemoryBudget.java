package io.vminventory.vsphere;

/**
 * Memory budget for the objects that a server reports in all its responses together, as a rough
 * number of bytes. No vCenter can hold as much. Without it, a malicious server could fill the heap
 * with responses none of which is too long. For one thread.
 */
final class MemoryBudget {

  /** More than three times what the largest vCenter (40,000 machines) comes to. */
  static final long MAX_BYTES = 384L << 20;

  private final long maxBytes;
  private long reserved;

  MemoryBudget() {
    this(MAX_BYTES);
  }

  /**
   * @param maxBytes how many bytes may be reserved
   */
  MemoryBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Reserves bytes.
   *
   * @throws UnexpectedResponseException if too few are left
   */
  void reserve(long bytes) throws UnexpectedResponseException {
    reserved += bytes;
    if (reserved > maxBytes) {
      throw new UnexpectedResponseException(
          200,
          "it reports more than a vCenter can hold (over " + (maxBytes >> 20) + " MiB of facts)");
    }
  }

  /** Releases reserved bytes. */
  void release(long bytes) {
    reserved -= bytes;
  }
}
