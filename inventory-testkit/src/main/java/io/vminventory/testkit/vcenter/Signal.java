package io.vminventory.testkit.vcenter;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Wakes the threads that wait for something to happen on the server. Thread-safe. */
final class Signal {

  /** One thread that waits, from now until it is closed. */
  final class Listener implements AutoCloseable {

    private volatile Predicate<Change> interest = change -> true;
    private boolean woken;

    private Listener() {}

    /** From now on, changes that do not match wake it no more. */
    void interestedIn(Predicate<Change> matches) {
      interest = matches;
    }

    /** Forgets that it was woken: to be called before one looks at what there is. */
    synchronized void reset() {
      woken = false;
    }

    /** Waits until it is woken, or the time is over. */
    synchronized void await(Duration atMost) throws InterruptedException {
      long end = System.nanoTime() + atMost.toNanos();
      while (!woken) {
        long left = end - System.nanoTime();
        if (left <= 0) {
          return;
        }
        // At least 1 ms, since 0 would mean for ever.
        wait(left / 1_000_000 + 1);
      }
    }

    synchronized void wake() {
      woken = true;
      notifyAll();
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

  /** Wakes all. */
  void give() {
    listeners.forEach(Listener::wake);
  }

  /** Wakes those that a change is of interest to, under the lock of the inventory. */
  void give(Change change) {
    for (Listener listener : listeners) {
      if (listener.interest.test(change)) {
        listener.wake();
      }
    }
  }
}
