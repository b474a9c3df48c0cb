package io.vminventory.vsphere;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * What all sessions together ask of one server: never more of them than it may have, only so many
 * complete reads at once, and logins that are spread in time, so that hundreds of tenants that
 * start together are no stampede. Thread-safe; those who wait are served in their order.
 */
final class ServerLimits {

  private final Semaphore sessions;
  private final Semaphore reads;
  private final long nanosBetweenLogins;
  private long nextLogin = System.nanoTime(); // guarded by this

  ServerLimits(VsphereSettings.Limits limits) {
    sessions = new Semaphore(limits.sessions());
    reads = new Semaphore(limits.reads(), true);
    nanosBetweenLogins = TimeUnit.SECONDS.toNanos(1) / limits.loginsPerSecond();
  }

  /** Takes a place for a session, if there is one. Whoever got it calls {@link #sessionEnded}. */
  boolean sessionBegins() {
    return sessions.tryAcquire();
  }

  void sessionEnded() {
    sessions.release();
  }

  /** Waits until it is this thread's turn to log in. */
  void awaitLogin() throws InterruptedException {
    long turn;
    synchronized (this) {
      long now = System.nanoTime();
      turn = nextLogin - now < 0 ? now : nextLogin;
      nextLogin = turn + nanosBetweenLogins;
    }
    TimeUnit.NANOSECONDS.sleep(turn - System.nanoTime());
  }

  /** Waits until there is room for another complete read, which {@link #readEnded} gives back. */
  void awaitRead() throws InterruptedException {
    reads.acquire();
  }

  void readEnded() {
    reads.release();
  }
}
