package io.vminventory.testkit.vcenter;

import java.time.Duration;

/** Wakes all threads that wait for something to happen on the server. Thread-safe. */
final class Signal {

  private long given;

  /** How often it was given so far: to be asked for before one looks at what it is about. */
  synchronized long given() {
    return given;
  }

  synchronized void give() {
    given++;
    notifyAll();
  }

  /** Waits until it was given more often than that, or the time is over. */
  synchronized void await(long known, Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (given == known) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return;
      }
      // At least 1 ms, since 0 would mean for ever.
      wait(left / 1_000_000 + 1);
    }
  }
}
