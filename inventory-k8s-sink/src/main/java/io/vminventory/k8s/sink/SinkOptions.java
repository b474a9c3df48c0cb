package io.vminventory.k8s.sink;

/**
 * How eager and how careful a sink is.
 *
 * @param parallelWrites how many writes may be in flight at once, over all tenants; at least 1
 * @param guardPercent deletions of at most this share of a tenant's records need no confirmation; 0
 *     to 100
 * @param guardCount nor do at most this many deletions, whatever their share; at least 0
 */
public record SinkOptions(int parallelWrites, int guardPercent, int guardCount) {

  public SinkOptions {
    if (parallelWrites < 1) {
      throw new IllegalArgumentException("parallelWrites must be at least 1: " + parallelWrites);
    }
    if (guardPercent < 0 || guardPercent > 100) {
      throw new IllegalArgumentException("guardPercent must be 0 to 100: " + guardPercent);
    }
    if (guardCount < 0) {
      throw new IllegalArgumentException("guardCount must not be negative: " + guardCount);
    }
  }

  /** 16 writes in flight; a confirmation for more than 30 % and more than 10 deletions. */
  public static SinkOptions defaults() {
    return new SinkOptions(16, 30, 10);
  }
}
