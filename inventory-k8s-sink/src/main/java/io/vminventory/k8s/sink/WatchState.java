package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** How the watch on records is, for those who wait for it or ask. Thread-safe. */
final class WatchState {

  /** What is asked of the API server; the name is the verb in capitals. */
  enum Request {
    LIST,
    WATCH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final int MOST_DOUBLINGS = 5;

  private final ApiErrors errors;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Optional<Request> request = Optional.empty();
  private Optional<InventoryException> problem = Optional.empty();
  private boolean ready;
  private boolean closed;

  /** How many times it failed; never set back, so that whoever waits sees each. */
  private long failures;

  private int failuresInARow;

  /**
   * @param errors explains what is wrong with requests for these records
   */
  WatchState(ApiErrors errors) {
    this.errors = errors;
  }

  /**
   * Waits, ten seconds at most, until all objects were listed and the watch began, once.
   *
   * @throws InventoryException if that fails meanwhile, or takes longer
   */
  void awaitReady() throws InventoryException, InterruptedException {
    lock.lockInterruptibly();
    try {
      long before = failures;
      long left = PATIENCE.toNanos();
      while (!ready && !closed && failures == before && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (closed) {
        throw new InventoryException(
            Failure.UNAVAILABLE, errors.kind() + " records are not written any more");
      }
      if (!ready && problem.isPresent()) {
        InventoryException why = problem.get();
        throw new InventoryException(why.failure(), why.getMessage(), why.getCause());
      }
      if (!ready) {
        throw new InventoryException(
            Failure.UNAVAILABLE,
            "the API server has not listed the %s records within %d s"
                .formatted(errors.kind(), PATIENCE.toSeconds()));
      }
    } finally {
      lock.unlock();
    }
  }

  /** Why the cache is not up to date; empty if it is, or nobody has needed it yet. */
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

  /** Whether the cluster knows no such objects at all. */
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

  /** A request is about to be made. */
  void asking(Request next) {
    set(() -> request = Optional.of(next));
  }

  /** All was listed, and the watch tells what happens. */
  void live() {
    set(
        () -> {
          ready = true;
          problem = Optional.empty();
        });
  }

  /** The watch has been of use. */
  void lasted() {
    set(() -> failuresInARow = 0);
  }

  /** The last request failed, or what came of it did. */
  void failed(RuntimeException reason) {
    set(
        () -> {
          problem = Optional.of(errors.onRead(reason, request.orElse(Request.LIST)));
          failures++;
          failuresInARow++;
        });
  }

  /**
   * Waits before the next try, unless it is closed: a quarter of a second, doubling to eight.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  void pause() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      int doublings = Math.min(Math.max(failuresInARow - 1, 0), MOST_DOUBLINGS);
      long left = FIRST_PAUSE.multipliedBy(1L << doublings).toNanos();
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
