package io.vminventory.testkit.contract;

import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A thread that waits for a session's news, so that another one can disturb it. */
final class WaitingSession {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Duration END = Duration.ofSeconds(2);
  private static final Set<Thread.State> BLOCKED =
      Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

  private final FutureTask<Update> result;
  private final Thread thread;

  private WaitingSession(InventorySession session) {
    this.result = new FutureTask<>(() -> session.next(LONG));
    this.thread = new Thread(result, "contract-waiting");
  }

  /** Calls {@code next} in a thread of its own; returns when it waits. */
  static WaitingSession on(InventorySession session) {
    WaitingSession waiting = new WaitingSession(session);
    waiting.thread.setDaemon(true);
    waiting.thread.start();
    Eventually.within(Duration.ofSeconds(5)).until(waiting.thread::getState, BLOCKED::contains);
    return waiting;
  }

  void interrupt() {
    thread.interrupt();
  }

  /**
   * What {@code next} threw; empty if it returned.
   *
   * @throws TimeoutException if it has not ended within two seconds
   */
  Optional<Throwable> failure() throws InterruptedException, TimeoutException {
    try {
      result.get(END.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      return Optional.ofNullable(e.getCause());
    }
  }
}
