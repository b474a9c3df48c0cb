package io.vminventory.operator.wait;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Lock around the state of its owner, with waits that end early when that state changes. All
 * functions run with the lock held, so they must return at once; the lock is free during a wait.
 * Reentrant.
 *
 * <p>Thread-safe.
 */
public final class Monitor {

  /** A wait without a limit rechecks its condition this often. */
  private static final Duration RECHECK_INTERVAL = Duration.ofHours(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Reads the state. */
  public <T> T read(Supplier<T> state) {
    lock.lock();
    try {
      return state.get();
    } finally {
      lock.unlock();
    }
  }

  /** Changes the state and lets all waits recheck it. */
  public <T> T change(Supplier<T> change) {
    lock.lock();
    try {
      return change.get();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  /** Changes the state and lets all waits recheck it. */
  public void update(Runnable change) {
    lock.lock();
    try {
      change.run();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  /**
   * Waits until no time remains.
   *
   * @param remaining the time to wait, computed anew after it has passed and after each change;
   *     zero or negative ends the wait
   */
  public void await(Supplier<Duration> remaining) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = remaining.get().toNanos();
      while (left > 0) {
        long unused = changed.awaitNanos(left);
        left = remaining.get().toNanos();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the condition holds. */
  public void awaitUntil(BooleanSupplier condition) throws InterruptedException {
    await(() -> condition.getAsBoolean() ? Duration.ZERO : RECHECK_INTERVAL);
  }

  /**
   * Waits for a time, or until the condition holds.
   *
   * @param time zero or negative returns at once
   */
  public void sleep(Duration time, BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    await(
        () ->
            condition.getAsBoolean()
                ? Duration.ZERO
                : Duration.ofNanos(deadline - System.nanoTime()));
  }
}
