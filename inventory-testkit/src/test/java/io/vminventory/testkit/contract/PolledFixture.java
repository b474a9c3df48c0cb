package io.vminventory.testkit.contract;

import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.PolledPlatform;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.Update;
import io.vminventory.testkit.fake.FakeFixture;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.opentest4j.TestAbortedException;

/**
 * The fake platform behind a {@link PolledPlatform}, as a provider of a platform without changes
 * would use it: one shared read for all sessions, one login for each.
 */
final class PolledFixture extends FakeFixture {

  private final PolledPlatform platform = new PolledPlatform(this::read, Duration.ofMillis(5));

  /** A complete read by an account of the provider's own. */
  private Inventory read() throws InventoryException, InterruptedException {
    try (InventorySession session = fake().open(BOB, SessionPurpose.READ)) {
      return ((Update.Snapshot) session.next(Duration.ZERO)).inventory();
    }
  }

  @Override
  public InventoryProvider provider() {
    return (Tenant tenant, SessionPurpose purpose) -> {
      InventorySession login = fake().open(tenant, purpose);
      return platform.open(UnaryOperator.identity(), login::close);
    };
  }

  @Override
  public void cutReads() {
    disconnect();
  }

  @Override
  public void endSessions() {
    throw new TestAbortedException("reads do not depend on the login of a session");
  }

  @Override
  public void loseHistory() {
    throw new TestAbortedException("a polled platform has no history");
  }
}
