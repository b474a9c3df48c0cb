package io.vminventory.k8s.sink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Works on many items with a bounded number of threads, which it owns.
 *
 * <p>Each caller has at most as many items waiting or under way as there are threads, so callers
 * that work at the same time share the threads fairly, and the queue stays short.
 */
final class ParallelWriter implements AutoCloseable {

  /** Whoever interrupts waits for the caller, which has to log out after this. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final int threads;
  private final ThreadPoolExecutor pool;

  ParallelWriter(int threads) {
    this.threads = threads;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "vm-writer-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
  }

  /**
   * Works on the items until all are done, or a result says that the rest is useless.
   *
   * @param last whether no more work is to be begun after this result
   * @return the results of the items that were worked on, in their order
   * @throws InterruptedException if the thread is interrupted; no more work is begun then, and what
   *     was under way has been waited for, if only for some seconds
   */
  <T, R> List<R> forEach(List<T> items, Function<T, R> work, Predicate<R> last)
      throws InterruptedException {
    Semaphore free = new Semaphore(threads);
    AtomicBoolean stopped = new AtomicBoolean();
    List<Future<R>> futures = new ArrayList<>();
    try {
      for (T item : items) {
        free.acquire();
        if (stopped.get()) {
          free.release();
          break;
        }
        futures.add(
            pool.submit(
                () -> {
                  try {
                    R result = work.apply(item);
                    if (last.test(result)) {
                      stopped.set(true);
                    }
                    return result;
                  } finally {
                    free.release();
                  }
                }));
      }
      free.acquire(threads);
    } catch (InterruptedException e) {
      boolean quiet = free.tryAcquire(threads, PATIENCE.toSeconds(), TimeUnit.SECONDS);
      futures.forEach(future -> future.cancel(!quiet));
      throw e;
    }
    List<R> results = new ArrayList<>();
    for (Future<R> future : futures) {
      results.add(result(future));
    }
    return results;
  }

  private static <R> R result(Future<R> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a write ended in an unforeseen way", e.getCause());
    }
  }

  /** Ends the threads, after the work that is under way. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
