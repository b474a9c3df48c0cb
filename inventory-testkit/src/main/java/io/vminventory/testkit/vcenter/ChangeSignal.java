package io.vminventory.testkit.vcenter;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Wake-up of the threads that wait for updates. Thread-safe. */
final class ChangeSignal {

  /** A waiting thread, from now until it is closed. */
  final class Listener implements AutoCloseable {

    private volatile Predicate<Change> interest = change -> true;
    private final Semaphore wakeUps = new Semaphore(0);

    private Listener() {}

    /** Ignores changes that do not match from now on. */
    void filter(Predicate<Change> matches) {
      interest = matches;
    }

    /** Clears earlier wake-ups; called before updates are read. */
    void reset() {
      int unused = wakeUps.drainPermits();
    }

    /** Waits until it is woken or the time is over. */
    void await(Duration atMost) throws InterruptedException {
      boolean unused = wakeUps.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }

    void wake() {
      wakeUps.release();
    }

    @Override
    public void close() {
      listeners.remove(this);
    }
  }

  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

  Listener listen() {
    Listener listener = new Listener();
    listeners.add(listener);
    return listener;
  }

  /** Wakes all listeners. */
  void signal() {
    listeners.forEach(Listener::wake);
  }

  /** Wakes the listeners whose filter matches the change, under the lock of the inventory. */
  void signal(Change change) {
    for (Listener listener : listeners) {
      if (listener.interest.test(change)) {
        listener.wake();
      }
    }
  }
}
