package io.vminventory.testkit.contract;

import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Tenant;
import io.vminventory.api.Update;
import io.vminventory.testkit.fake.FakeFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Providers whose sessions do not end as they should. */
final class BrokenSessions {

  private static final Update NOTHING = new Update.Changes(List.of());

  private BrokenSessions() {}

  static List<BrokenProvider> all() {
    List<BrokenProvider> all = new ArrayList<>(ofClose());
    all.addAll(ofInterrupts());
    return all;
  }

  private static List<BrokenProvider> ofClose() {
    return List.of(
        BrokenProvider.session(
            "second close throws", ClosedOnce::new, "Sessions.closeIsIdempotent"),
        BrokenProvider.login(
            "session leaked by close",
            fake ->
                (tenant, purpose) -> {
                  InventorySession leaked = fake.open(tenant, purpose);
                  return new ForwardingSession(fake.open(tenant, purpose)) {
                    @Override
                    public String toString() {
                      return leaked.toString();
                    }
                  };
                },
            "Sessions.closeLeavesNoSession",
            "Sessions.closeWithoutAReadLeavesNoSession",
            "Sessions.closeUnderAWaitingNextLeavesNoSession",
            "Sessions.closeKeepsTheInterruptAndLeavesNoSession"),
        BrokenProvider.session(
            "session leaked by close if nothing was read",
            ClosedIfRead::new,
            "Sessions.closeWithoutAReadLeavesNoSession"),
        BrokenProvider.session(
            "closed session answers",
            AnsweringWhenClosed::new,
            "Sessions.closedSessionIsUnavailable"),
        BrokenProvider.session(
            "close waits for next",
            Serial::new,
            "Sessions.closeEndsAWaitingNext",
            "Sessions.closeUnderAWaitingNextLeavesNoSession"),
        BrokenProvider.login(
            "close throws while the platform is away",
            BrokenSessions::throwingWhenAway,
            "Sessions.closeReturnsWhileThePlatformIsUnreachable",
            "Failures.platformThatBecomesUnreachableIsUnavailable"),
        BrokenProvider.login(
            "login that fails beside another",
            BrokenSessions::oneAtATime,
            "Sessions.concurrentLoginsSucceed"),
        BrokenProvider.login(
            "close ends the sessions of other tenants",
            BrokenSessions::closingThoseOfOthers,
            "Sessions.sessionsOfTwoTenantsAreIndependent"),
        BrokenProvider.session(
            "thread left behind",
            BrokenSessions::withAThread,
            "Sessions.closedSessionsLeaveNoThreads"));
  }

  private static List<BrokenProvider> ofInterrupts() {
    return List.of(
        BrokenProvider.session(
            "interrupted close leaks the session",
            session ->
                new ForwardingSession(session) {
                  @Override
                  public void close() {
                    if (!Thread.currentThread().isInterrupted()) {
                      super.close();
                    }
                  }
                },
            "Sessions.closeKeepsTheInterruptAndLeavesNoSession"),
        BrokenProvider.session(
            "close loses the interrupt",
            session ->
                new ForwardingSession(session) {
                  @Override
                  public void close() {
                    Thread.interrupted();
                    super.close();
                  }
                },
            "Sessions.closeKeepsTheInterruptAndLeavesNoSession"),
        BrokenProvider.session(
            "deaf to interrupts",
            Deaf::new,
            "Sessions.interruptEndsAWaitingNext",
            "Sessions.interruptedSessionIsFinished"),
        BrokenProvider.session(
            "session goes on after an interrupt",
            GoingOn::new,
            "Sessions.interruptedSessionIsFinished"),
        BrokenProvider.login(
            "login deaf to interrupts",
            fake ->
                (tenant, purpose) -> {
                  Thread.interrupted();
                  return fake.open(tenant, purpose);
                },
            "Sessions.interruptedLoginThrowsInterruptedException"),
        BrokenProvider.login(
            "session leaked by an interrupted login",
            fake ->
                (tenant, purpose) -> {
                  boolean interrupted = Thread.interrupted();
                  InventorySession session = fake.open(tenant, purpose);
                  if (interrupted) {
                    throw new InterruptedException();
                  }
                  return session;
                },
            "Sessions.interruptedLoginLeavesNoSession"));
  }

  private static InventoryProvider throwingWhenAway(InventoryProvider fake) {
    return (tenant, purpose) ->
        new ForwardingSession(fake.open(tenant, purpose)) {
          @Override
          public void close() {
            super.close();
            try {
              fake.open(FakeFixture.ANN, purpose).close();
            } catch (InventoryException e) {
              throw new IllegalStateException("cannot log out", e);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
  }

  private static InventoryProvider oneAtATime(InventoryProvider fake) {
    AtomicBoolean busy = new AtomicBoolean();
    return (tenant, purpose) -> {
      if (busy.getAndSet(true)) {
        throw new IllegalStateException("somebody else is logging in");
      }
      try {
        LockSupport.parkNanos(fake, TimeUnit.MILLISECONDS.toNanos(5));
        return fake.open(tenant, purpose);
      } finally {
        busy.set(false);
      }
    };
  }

  /** Not those of the same tenant, which may be reading at that moment. */
  private static InventoryProvider closingThoseOfOthers(InventoryProvider fake) {
    Map<InventorySession, Tenant> all = new ConcurrentHashMap<>();
    return (tenant, purpose) -> {
      InventorySession session = fake.open(tenant, purpose);
      all.put(session, tenant);
      return new ForwardingSession(session) {
        @Override
        public void close() {
          super.close();
          all.forEach(
              (other, owner) -> {
                if (!owner.equals(tenant)) {
                  other.close();
                }
              });
        }
      };
    };
  }

  private static InventorySession withAThread(InventorySession session) {
    CountDownLatch never = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                boolean unused = never.await(10, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "left-behind");
    thread.setDaemon(true);
    thread.start();
    return session;
  }

  private static final class ClosedOnce extends ForwardingSession {
    private boolean closed;

    ClosedOnce(InventorySession session) {
      super(session);
    }

    @Override
    public void close() {
      if (closed) {
        throw new IllegalStateException("closed already");
      }
      closed = true;
      super.close();
    }
  }

  private static final class ClosedIfRead extends ForwardingSession {
    private boolean read;

    ClosedIfRead(InventorySession session) {
      super(session);
    }

    @Override
    public Update next(Duration maxWait) throws InventoryException, InterruptedException {
      read = true;
      return super.next(maxWait);
    }

    @Override
    public void close() {
      if (read) {
        super.close();
      }
    }
  }

  private static final class AnsweringWhenClosed extends ForwardingSession {
    private volatile boolean closed;

    AnsweringWhenClosed(InventorySession session) {
      super(session);
    }

    @Override
    public Update next(Duration maxWait) throws InventoryException, InterruptedException {
      return closed ? NOTHING : super.next(maxWait);
    }

    @Override
    public void close() {
      closed = true;
      super.close();
    }
  }

  private static final class Serial extends ForwardingSession {
    Serial(InventorySession session) {
      super(session);
    }

    @Override
    public synchronized Update next(Duration maxWait)
        throws InventoryException, InterruptedException {
      return super.next(maxWait);
    }

    @Override
    public synchronized void close() {
      super.close();
    }
  }

  private static final class Deaf extends ForwardingSession {
    private static final long GLANCE = TimeUnit.MILLISECONDS.toNanos(2);

    Deaf(InventorySession session) {
      super(session);
    }

    @Override
    public Update next(Duration maxWait) throws InventoryException, InterruptedException {
      long end = System.nanoTime() + maxWait.toNanos();
      Update update;
      do {
        LockSupport.parkNanos(this, GLANCE);
        Thread.interrupted();
        update = super.next(Duration.ZERO);
      } while (update.equals(NOTHING) && System.nanoTime() < end);
      return update;
    }
  }

  private static final class GoingOn extends ForwardingSession {
    private boolean interrupted;

    GoingOn(InventorySession session) {
      super(session);
    }

    @Override
    public Update next(Duration maxWait) throws InventoryException, InterruptedException {
      if (interrupted) {
        return NOTHING;
      }
      try {
        return super.next(maxWait);
      } catch (InterruptedException e) {
        interrupted = true;
        throw e;
      }
    }
  }
}
