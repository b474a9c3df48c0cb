package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Logouts, and a queue of those that have failed so far. A session that ends because the network is
 * down cannot log out then, and the server would keep it for another half an hour: with a thousand
 * tenants, two outages would use up all sessions of a vCenter. Thread-safe.
 */
final class LogoutQueue implements AutoCloseable {

  /** How long the end of a session may take, whatever the server does. */
  static final Duration LOGOUT_TIMEOUT = Duration.ofSeconds(3);

  /** How long a retry may take; the server has just responded. */
  private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(1);

  /** How many logouts are retried at once, so that the caller is not delayed for long. */
  private static final int RETRIES_AT_ONCE = 4;

  /** The default of {@code max-sessions}; the server ends further sessions by itself. */
  private static final int MAX_PENDING = 1_000;

  /** How many sessions end at the same time; hundreds at once would only delay one another. */
  private static final int MAX_CONCURRENT = 16;

  /** How long a session waits for its permit before it logs out without one. */
  private static final Duration PERMIT_TIMEOUT = Duration.ofSeconds(6);

  private record PendingLogout(ManagedObjectReference sessionManager, String cookies) {}

  private final SoapClient soap;
  private final Semaphore permits = new Semaphore(MAX_CONCURRENT, true);
  private final Deque<PendingLogout> pending = new ArrayDeque<>(); // guarded by this

  LogoutQueue(SoapClient soap) {
    this.soap = soap;
  }

  /** Runs the end of a session with a permit; takes some seconds at most, interrupted or not. */
  void withPermit(Runnable end) {
    boolean acquired = awaitPermit();
    try {
      end.run();
    } finally {
      if (acquired) {
        permits.release();
      }
    }
  }

  private boolean awaitPermit() {
    Deadline end = Deadline.in(PERMIT_TIMEOUT);
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return permits.tryAcquire(end.nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Logs a session out, now or later. A connection that was kept open may turn out to be dead, so a
   * second one is tried if there is time. Takes a few seconds at most, interrupted or not.
   */
  void logout(ManagedObjectReference sessionManager, String cookies) {
    PendingLogout session = new PendingLogout(sessionManager, cookies);
    Deadline end = Deadline.in(LOGOUT_TIMEOUT);
    if (tryLogout(session, LOGOUT_TIMEOUT)
        || tryLogout(session, Duration.ofNanos(end.nanosLeft()))) {
      retryPending();
    } else {
      add(session);
    }
  }

  /** Retries some of the pending logouts. Call this when the server has just responded. */
  void retryPending() {
    for (int i = 0; i < RETRIES_AT_ONCE; i++) {
      Optional<PendingLogout> next = poll();
      if (next.isEmpty()) {
        return;
      } else if (!tryLogout(next.get(), RETRY_TIMEOUT)) {
        add(next.get());
        return;
      }
    }
  }

  /** Retries the pending logouts for a few seconds, and drops those that fail again. */
  @Override
  public void close() {
    Deadline end = Deadline.in(LOGOUT_TIMEOUT);
    boolean responds = true;
    for (Optional<PendingLogout> next = poll(); next.isPresent(); next = poll()) {
      Duration left = Duration.ofNanos(Math.min(end.nanosLeft(), RETRY_TIMEOUT.toNanos()));
      responds = responds && tryLogout(next.get(), left);
    }
  }

  /** Whether the API has responded, be it that there is no such session. */
  private boolean tryLogout(PendingLogout session, Duration atMost) {
    if (atMost.isNegative() || atMost.isZero()) {
      return false;
    }
    SoapRequest request = new SoapRequest("Logout", session.sessionManager());
    try (Exchange exchange = soap.send(request, session.cookies(), atMost)) {
      return exchange.awaitResponse(atMost).isPresent();
    }
  }

  private synchronized Optional<PendingLogout> poll() {
    return Optional.ofNullable(pending.poll());
  }

  private synchronized void add(PendingLogout session) {
    if (pending.size() >= MAX_PENDING) {
      pending.remove();
    }
    pending.add(session);
  }
}
