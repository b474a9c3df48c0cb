package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Logs sessions out, later if need be. A session that ends because the network broke cannot say so
 * at that moment, and the server would count it for half an hour more: with a thousand tenants, two
 * outages would use up all sessions that a vCenter has. Thread-safe.
 */
final class LogoutQueue {

  /** How long the end of a session may take, whatever the server does. */
  static final Duration FAREWELL = Duration.ofSeconds(3);

  /** How long one that is caught up on may take; the server has just answered. */
  private static final Duration CATCHING_UP = Duration.ofSeconds(1);

  /** How many are caught up on at once, so that nobody is kept long. */
  private static final int AT_ONCE = 4;

  /** As many as there may be sessions by default; the server forgets the others by itself. */
  private static final int MOST_OWED = 1_000;

  /** How many sessions end at the same time; hundreds at once would only keep one another. */
  private static final int TOGETHER = 16;

  /** How long one may wait for its turn, before it ends regardless of the others. */
  private static final Duration TURN = Duration.ofSeconds(6);

  private record PendingLogout(ManagedObjectReference sessionManager, String cookies) {}

  private final SoapClient soap;
  private final Semaphore turns = new Semaphore(TOGETHER, true);
  private final Deque<PendingLogout> owed = new ArrayDeque<>(); // guarded by this

  LogoutQueue(SoapClient soap) {
    this.soap = soap;
  }

  /** Ends a session when it is its turn; interrupted or not, that takes some seconds at most. */
  void inTurn(Runnable farewell) {
    boolean turn = awaitTurn();
    try {
      farewell.run();
    } finally {
      if (turn) {
        turns.release();
      }
    }
  }

  private boolean awaitTurn() {
    Deadline end = Deadline.in(TURN);
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return turns.tryAcquire(end.nanosLeft(), TimeUnit.NANOSECONDS);
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
  void logOut(ManagedObjectReference sessionManager, String cookies) {
    PendingLogout session = new PendingLogout(sessionManager, cookies);
    Deadline end = Deadline.in(FAREWELL);
    if (isHeard(session, FAREWELL) || isHeard(session, Duration.ofNanos(end.nanosLeft()))) {
      catchUp();
    } else {
      remember(session);
    }
  }

  /** To be called when the server answers: tells it of some logouts that it has not heard. */
  void catchUp() {
    for (int i = 0; i < AT_ONCE; i++) {
      Optional<PendingLogout> next = oldest();
      if (next.isEmpty()) {
        return;
      } else if (!isHeard(next.get(), CATCHING_UP)) {
        remember(next.get());
        return;
      }
    }
  }

  /** Whether the API has answered, be it that it knows no such session. */
  private boolean isHeard(PendingLogout session, Duration atMost) {
    if (atMost.isNegative() || atMost.isZero()) {
      return false;
    }
    SoapRequest request = new SoapRequest("Logout", session.sessionManager());
    try (Exchange exchange = soap.send(request, session.cookies(), atMost)) {
      return exchange.settle(atMost).isPresent();
    }
  }

  private synchronized Optional<PendingLogout> oldest() {
    return Optional.ofNullable(owed.poll());
  }

  private synchronized void remember(PendingLogout session) {
    if (owed.size() >= MOST_OWED) {
      owed.remove();
    }
    owed.add(session);
  }
}
