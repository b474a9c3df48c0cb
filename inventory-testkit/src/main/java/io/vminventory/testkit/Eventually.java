package io.vminventory.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Polling assertion for what another thread or process does: reads a value with short pauses until
 * it is as expected or time is up.
 *
 * <pre>{@code
 * Eventually.within(Duration.ofSeconds(5)).until(provider::openSessions, count -> count == 0);
 * }</pre>
 *
 * <p>Prefer a latch or a queue where the code under test offers one.
 */
public final class Eventually {

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Duration limit;

  private Eventually(Duration limit) {
    this.limit = limit;
  }

  /** The time limit of the wait. The value is read at least once, even with a limit of zero. */
  public static Eventually within(Duration limit) {
    return new Eventually(limit);
  }

  /**
   * Waits until the value is as expected.
   *
   * @param value may throw {@link AssertionError}, which counts as not yet
   * @return the first value that is as expected
   * @throws AssertionError if time is up, with the last value, or with the last error as its cause
   */
  public <T> T until(Supplier<T> value, Predicate<? super T> expected) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      String seen;
      AssertionError thrown = null;
      try {
        T last = value.get();
        if (expected.test(last)) {
          return last;
        }
        seen = String.valueOf(last);
      } catch (AssertionError e) {
        thrown = e;
        seen = String.valueOf(e.getMessage());
      }
      if (System.nanoTime() >= deadline) {
        throw failure("it is still: " + seen, thrown);
      }
      if (Thread.currentThread().isInterrupted()) {
        throw failure("interrupted, last: " + seen, thrown);
      }
      LockSupport.parkNanos(this, PAUSE_NANOS);
    }
  }

  /** Waits until the condition holds. */
  public void until(BooleanSupplier condition) {
    until(condition::getAsBoolean, holds -> holds);
  }

  /** Waits until the assertions pass. */
  public void untilAsserted(Runnable assertions) {
    until(
        () -> {
          assertions.run();
          return true;
        },
        passed -> passed);
  }

  private AssertionError failure(String what, @Nullable Throwable cause) {
    return new AssertionError("not within " + limit + "; " + what, cause);
  }
}
