package io.vminventory.operator.kube;

import io.vminventory.operator.wait.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks in a thread of its own whether the Kubernetes API can be used: again and again until it
 * can, so that nobody has to restart the operator, and from time to time after that, so that health
 * can say what is wrong. What it says changes is logged once.
 *
 * <p>Thread-safe.
 */
public final class ApiReadinessProbe implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ApiReadinessProbe.class);

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofSeconds(10);

  /** How long a request that is under way at the end is waited for. */
  private static final Duration ENDING = Duration.ofSeconds(1);

  private final Supplier<Optional<String>> look;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Pause pause = new Pause(lock, changed, () -> this.closed);
  private Optional<String> trouble = Optional.of("not asked yet");
  private boolean usable;
  private boolean closed;

  /**
   * Nothing happens before {@link #start}.
   *
   * @param look asks the API server; what is wrong, if anything
   */
  public ApiReadinessProbe(Supplier<Optional<String>> look) {
    this.look = look;
    this.thread = new Thread(this::run, "api-watch");
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      int failures = 0;
      while (!closed()) {
        Optional<String> found = ask();
        tell(found);
        failures = found.isPresent() ? failures + 1 : 0;
        pause.await(pause(failures));
      }
    } catch (InterruptedException e) {
      log.debug("interrupted");
    }
  }

  private Optional<String> ask() {
    try {
      return look.get();
    } catch (RuntimeException e) {
      log.debug("unexpected failure", e);
      return Optional.of("the Kubernetes API cannot be asked: " + e);
    }
  }

  /** How long to wait after so many failures in a row. */
  static Duration pause(int failures) {
    if (failures == 0) {
      return MOST;
    }
    Duration doubled = FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
    return doubled.compareTo(MOST) < 0 ? doubled : MOST;
  }

  private void tell(Optional<String> found) {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      if (found.isPresent() && !found.equals(trouble)) {
        log.warn("waiting: {}", found.get());
      } else if (found.isEmpty() && trouble.isPresent()) {
        log.info("the Kubernetes API can be used");
      }
      trouble = found;
      usable |= found.isEmpty();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean closed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the API can be used, however long that takes; closing ends the wait.
   *
   * @return whether it can be used; {@code false} if this was closed
   */
  public boolean awaitUsable() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!usable && !closed) {
        long unused = changed.awaitNanos(MOST.toNanos());
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the API could be used at any time. */
  public boolean usable() {
    lock.lock();
    try {
      return usable;
    } finally {
      lock.unlock();
    }
  }

  /** What is wrong with the API, as of the last look. */
  public Optional<String> problem() {
    lock.lock();
    try {
      return trouble;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the thread and all waits. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    try {
      thread.join(ENDING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
