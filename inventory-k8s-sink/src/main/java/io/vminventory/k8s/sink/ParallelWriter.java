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
 * Bounded pool of writing threads.
 *
 * <p>Each caller has at most as many items queued or running as there are threads, so concurrent
 * callers share the threads fairly, and the queue stays short.
 */
final class ParallelWriter implements AutoCloseable {

  /** Short, because an interrupted caller still has to log out of its session. */
  private static final Duration INTERRUPT_TIMEOUT = Duration.ofSeconds(3);

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
   * Runs the work for each item, until all are done or a result stops it.
   *
   * @param stopAfter whether no more items are to be started after this result
   * @return the results of the started items, in their order
   * @throws InterruptedException if the thread is interrupted; no more items are started then, and
   *     running ones are waited for, at most three seconds
   */
  <T, R> List<R> forEach(List<T> items, Function<T, R> work, Predicate<R> stopAfter)
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
                    if (stopAfter.test(result)) {
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
      boolean idle = free.tryAcquire(threads, INTERRUPT_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      futures.forEach(future -> future.cancel(!idle));
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
      throw new IllegalStateException("a write failed unexpectedly", e.getCause());
    }
  }

  /** Ends the threads when the running items are done. */
  @Override
  public void close() {
    pool.shutdown();
  }
}
