package io.vminventory.testkit.contract;

import io.vminventory.api.InventorySession;
import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Call in a thread of its own, so that a test can interrupt it and does not hang with it. */
final class Background {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Set<Thread.State> BLOCKED =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private final FutureTask<?> call;
  private final Thread thread;

  private Background(String name, Callable<?> call) {
    this.call = new FutureTask<>(call);
    this.thread = new Thread(this.call, "contract-" + name);
  }

  static Background start(String name, Callable<?> call) {
    Background background = new Background(name, call);
    background.thread.setDaemon(true);
    background.thread.start();
    return background;
  }

  /** Calls {@code next}; returns when it waits. */
  static Background waitingOn(InventorySession session, Duration timeout) {
    Background waiting = start("waiting", () -> session.next(LONG));
    Eventually.within(timeout).until(waiting.thread::getState, BLOCKED::contains);
    return waiting;
  }

  static Background closing(InventorySession session) {
    return start(
        "closing",
        () -> {
          session.close();
          return true;
        });
  }

  void interrupt() {
    thread.interrupt();
  }

  /**
   * What the call threw; empty if it returned.
   *
   * @throws AssertionError if it has not ended within this time
   */
  Optional<Throwable> failure(Duration within) throws InterruptedException {
    try {
      Object unused = call.get(within.toNanos(), TimeUnit.NANOSECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.ofNullable(e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError(thread.getName() + " has not ended within " + within, stack());
    }
  }

  /** Where the thread hangs. */
  private Throwable stack() {
    Throwable hangs = new Throwable("the thread hangs here");
    hangs.setStackTrace(thread.getStackTrace());
    return hangs;
  }
}
