package io.vminventory.operator.wait;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A wait that somebody may end early. It is part of what a lock guards, so that no end is missed.
 *
 * <p>Thread-safe.
 */
public final class Pause {

  private final ReentrantLock lock;
  private final Condition changed;
  private final BooleanSupplier ended;

  /**
   * Waits by a lock of the caller's.
   *
   * @param changed of that lock; signalled whenever {@code ended} may answer otherwise
   * @param ended whether to wait no longer; asked with the lock held, so it must answer at once
   */
  public Pause(ReentrantLock lock, Condition changed, BooleanSupplier ended) {
    this.lock = lock;
    this.changed = changed;
    this.ended = ended;
  }

  /**
   * Waits for the whole of this time, or until it is to end. The lock is free meanwhile.
   *
   * @param time none or a negative one returns at once
   */
  public void await(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = time.toNanos();
      while (left > 0 && !ended.getAsBoolean()) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
