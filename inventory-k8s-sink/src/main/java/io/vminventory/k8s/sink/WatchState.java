package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** State of the list and watch on records, with its back-off. Thread-safe. */
final class WatchState {

  /** Kind of request; prints as its verb. */
  enum Request {
    LIST,
    WATCH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Duration READY_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration INITIAL_DELAY = Duration.ofMillis(250);
  private static final int MAX_DOUBLINGS = 5;

  private final ApiErrors errors;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Optional<Request> request = Optional.empty();
  private Optional<InventoryException> problem = Optional.empty();
  private boolean ready;
  private boolean closed;

  /** All failures so far; never reset, so that a waiting thread notices each. */
  private long failures;

  private int failuresInARow;

  /**
   * @param errors translates failed requests for these records
   */
  WatchState(ApiErrors errors) {
    this.errors = errors;
  }

  /**
   * Waits until all objects have been listed and watched for the first time; at most ten seconds.
   *
   * @throws InventoryException if an attempt fails meanwhile, or it takes longer
   */
  void awaitReady() throws InventoryException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long before = failures;
      long left = READY_TIMEOUT.toNanos();
      while (!ready && !closed && failures == before && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (closed) {
        throw new InventoryException(
            Failure.UNAVAILABLE, errors.kind() + " records are no longer written");
      }
      if (!ready && problem.isPresent()) {
        InventoryException why = problem.get();
        throw new InventoryException(why.failure(), why.problem(), why.remedy(), why.getCause());
      }
      if (!ready) {
        throw new InventoryException(
            Failure.UNAVAILABLE,
            "the API server has not listed the %s records within %d s"
                .formatted(errors.kind(), READY_TIMEOUT.toSeconds()));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Why the cache is out of date, for people; empty if it is not, or before the first request. */
  Optional<String> problem() {
    lock.lock();
    try {
      return problem
          .map(InventoryException::getMessage)
          .or(
              () ->
                  request
                      .filter(any -> !ready)
                      .map(
                          any ->
                              "the "
                                  + errors.kind()
                                  + " records are being listed for the first time"));
    } finally {
      lock.unlock();
    }
  }

  /** Whether the last request failed because the cluster does not know the resource. */
  boolean definitionsMissing() {
    lock.lock();
    try {
      return problem
          .map(InventoryException::getCause)
          .filter(cause -> cause instanceof KubernetesClientException e && ApiErrors.isNotFound(e))
          .isPresent();
    } finally {
      lock.unlock();
    }
  }

  /** Records the request that comes next. */
  void requesting(Request next) {
    set(() -> request = Optional.of(next));
  }

  /** Records that everything was listed and the watch is connected. */
  void synced() {
    set(
        () -> {
          ready = true;
          problem = Optional.empty();
        });
  }

  /** Records that the watch worked; the next back-off starts with the initial delay. */
  void resetBackOff() {
    set(() -> failuresInARow = 0);
  }

  /** Records that the last request or its response failed. */
  void failed(RuntimeException reason) {
    set(
        () -> {
          problem = Optional.of(errors.onRead(reason, request.orElse(Request.LIST)));
          failures++;
          failuresInARow++;
        });
  }

  /**
   * Waits before the next attempt: a quarter of a second, doubling to eight. Ends early on close.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  void awaitBackOff() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      int doublings = Math.min(Math.max(failuresInARow - 1, 0), MAX_DOUBLINGS);
      long left = INITIAL_DELAY.multipliedBy(1L << doublings).toNanos();
      while (!closed && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  void close() {
    set(() -> closed = true);
  }

  boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void set(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
