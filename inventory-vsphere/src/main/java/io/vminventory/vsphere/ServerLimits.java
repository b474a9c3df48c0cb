package io.vminventory.vsphere;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits on what all sessions together use of one server: the number of sessions, the rate of
 * logins, and the number of complete reads at a time. So hundreds of tenants that start together do
 * not overload it. Thread-safe; waiting threads are served in their order.
 */
final class ServerLimits {

  /**
   * Limits of one server.
   *
   * @param sessions maximum number of sessions at a time
   * @param loginsPerSecond maximum number of logins that begin within a second
   * @param reads maximum number of complete reads at a time
   */
  record Quota(int sessions, int loginsPerSecond, int reads) {}

  private final Semaphore sessions;
  private final Semaphore reads;
  private final long nanosBetweenLogins;
  private long nextLogin = System.nanoTime(); // guarded by this

  ServerLimits(Quota quota) {
    sessions = new Semaphore(quota.sessions());
    reads = new Semaphore(quota.reads(), true);
    nanosBetweenLogins = TimeUnit.SECONDS.toNanos(1) / quota.loginsPerSecond();
  }

  /** Acquires one of the sessions, if one is left; release it by {@link #releaseSession}. */
  boolean tryAcquireSession() {
    return sessions.tryAcquire();
  }

  void releaseSession() {
    sessions.release();
  }

  /** Waits until the rate of logins allows another one. */
  void awaitLogin() throws InterruptedException {
    long turn;
    synchronized (this) {
      long now = System.nanoTime();
      turn = nextLogin - now < 0 ? now : nextLogin;
      nextLogin = turn + nanosBetweenLogins;
    }
    TimeUnit.NANOSECONDS.sleep(turn - System.nanoTime());
  }

  /**
   * Waits until another complete read can begin; end it by {@link #releaseRead}.
   *
   * @throws IncompleteReadException if it cannot begin in time
   */
  void acquireRead(Deadline end) throws IncompleteReadException, InterruptedException {
    if (!reads.tryAcquire(end.nanosLeft(), TimeUnit.NANOSECONDS)) {
      throw IncompleteReadException.late();
    }
  }

  void releaseRead() {
    reads.release();
  }
}
