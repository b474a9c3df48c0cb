package io.vminventory.k8s.sink;

/**
 * Limits of a sink.
 *
 * @param parallelWrites maximum of writes in flight, over all tenants; at least 1
 * @param guardPercent deletions of at most this share of a tenant's records need no confirmation; 0
 *     to 100
 * @param guardCount at most this many deletions need no confirmation either; at least 0
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

  /** 16 writes in flight; more than 10 deletions that are more than 30 % need a confirmation. */
  public static SinkOptions defaults() {
    return new SinkOptions(16, 30, 10);
  }
}
