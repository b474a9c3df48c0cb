package io.vminventory.testkit.contract;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.Update;
import io.vminventory.testkit.fake.FakeFixture;
import java.time.Duration;
import java.util.List;

/** Providers that fail otherwise than they should, or do not. */
final class BrokenFailures {

  private static final Update NOTHING = new Update.Changes(List.of());

  private BrokenFailures() {}

  /** What becomes of a failed login. */
  private interface Reaction {
    InventorySession to(Tenant tenant, InventoryException failure)
        throws InventoryException, InterruptedException;
  }

  private static InventoryProvider reacting(
      InventoryProvider provider, Failure to, Reaction reaction) {
    return (tenant, purpose) -> {
      try {
        return provider.open(tenant, purpose);
      } catch (InventoryException e) {
        if (e.failure() == to) {
          return reaction.to(tenant, e);
        }
        throw e;
      }
    };
  }

  static List<BrokenProvider> all() {
    return List.of(
        BrokenProvider.login(
            "wrong password reported as an outage",
            fake ->
                reacting(
                    fake,
                    Failure.DENIED,
                    (tenant, e) -> {
                      throw new InventoryException(Failure.UNAVAILABLE, e.problem(), e.remedy());
                    }),
            "Failures.wrongPasswordIsDenied"),
        BrokenProvider.login(
            "refused login without a remedy",
            fake ->
                reacting(
                    fake,
                    Failure.DENIED,
                    (tenant, e) -> {
                      throw new InventoryException(Failure.DENIED, e.problem());
                    }),
            "Failures.refusedLoginHasARemedy"),
        BrokenProvider.login(
            "refused login tried again",
            fake ->
                reacting(
                    fake, Failure.DENIED, (tenant, e) -> fake.open(tenant, SessionPurpose.WATCH)),
            "Failures.refusedLoginIsNotRetried"),
        BrokenProvider.login(
            "session leaked by a refused login",
            fake ->
                (tenant, purpose) -> {
                  boolean refused = tenant.equals(FakeFixture.WRONG);
                  InventorySession session = fake.open(refused ? FakeFixture.ANN : tenant, purpose);
                  if (refused) {
                    throw new InventoryException(Failure.DENIED, "the account is refused", "wait");
                  }
                  return session;
                },
            "Failures.refusedLoginLeavesNoSession"),
        BrokenProvider.login(
            "outage reported as a mistake",
            fake ->
                reacting(
                    fake,
                    Failure.UNAVAILABLE,
                    (tenant, e) -> {
                      throw new InventoryException(Failure.MISCONFIGURED, e.getMessage());
                    }),
            "Failures.unreachablePlatformIsUnavailable"),
        BrokenProvider.session(
            "outage reported as a bug",
            session -> new Failing(session, Failing.Style.WRONG),
            "Failures.platformThatBecomesUnreachableIsUnavailable",
            "Failures.sessionThatThePlatformEndedIsUnavailable"),
        BrokenProvider.session(
            "failure swallowed",
            session -> new Failing(session, Failing.Style.SWALLOWED),
            "Failures.platformThatBecomesUnreachableIsUnavailable",
            "Failures.sessionThatThePlatformEndedIsUnavailable",
            "Failures.sessionThatThrewIsFinished"),
        BrokenProvider.session(
            "session goes on after a failure",
            session -> new Failing(session, Failing.Style.REPORTED_ONCE),
            "Failures.sessionThatThrewIsFinished"),
        BrokenProvider.login(
            "password in a message",
            fake ->
                reacting(
                    fake,
                    Failure.DENIED,
                    (tenant, e) -> {
                      throw new InventoryException(Failure.DENIED, refusal(tenant), e.remedy());
                    }),
            "Failures.messagesContainNoPassword"),
        BrokenProvider.login(
            "password in a cause",
            fake ->
                reacting(
                    fake,
                    Failure.DENIED,
                    (tenant, e) -> {
                      throw new InventoryException(
                          Failure.DENIED,
                          e.problem(),
                          e.remedy(),
                          new IllegalStateException(refusal(tenant)));
                    }),
            "Failures.messagesContainNoPassword"),
        BrokenProvider.login(
            "password in a text",
            fake ->
                (tenant, purpose) ->
                    new ForwardingSession(fake.open(tenant, purpose)) {
                      @Override
                      public String toString() {
                        return tenant.username() + ":" + tenant.password().reveal();
                      }
                    },
            "Failures.toStringContainsNoPassword"));
  }

  private static String refusal(Tenant tenant) {
    return "login as " + tenant.username() + "/" + tenant.password().reveal() + " is refused";
  }

  /** Handles failures after the first read wrongly, unless a close or an interrupt caused them. */
  private static final class Failing extends ForwardingSession {

    private enum Style {
      /** Reported as another kind of failure. */
      WRONG,
      /** Never reported. */
      SWALLOWED,
      /** Reported once, then no more. */
      REPORTED_ONCE
    }

    private final Style style;
    private volatile boolean closed;
    private boolean read;
    private boolean interrupted;
    private int failures;

    Failing(InventorySession session, Style style) {
      super(session);
      this.style = style;
    }

    @Override
    public Update next(Duration maxWait) throws InventoryException, InterruptedException {
      try {
        Update update = super.next(maxWait);
        read = true;
        return update;
      } catch (InterruptedException e) {
        interrupted = true;
        throw e;
      } catch (InventoryException e) {
        if (!read || closed || interrupted) {
          throw e;
        }
        failures++;
        return brokenReaction(e);
      }
    }

    private Update brokenReaction(InventoryException e) throws InventoryException {
      return switch (style) {
        case SWALLOWED -> NOTHING;
        case WRONG -> {
          throw failures == 1 ? new InventoryException(Failure.INTERNAL, e.getMessage()) : e;
        }
        case REPORTED_ONCE -> {
          if (failures == 1) {
            throw e;
          }
          yield NOTHING;
        }
      };
    }

    @Override
    public void close() {
      closed = true;
      super.close();
    }
  }
}
