package io.vminventory.benchmark;

import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.Update;
import java.time.Duration;

/** Provider that records when the operator receives updates. Thread-safe. */
final class TimedProvider implements InventoryProvider {

  private final InventoryProvider provider;
  private volatile long lastUpdateNanoTime = System.nanoTime();

  TimedProvider(InventoryProvider provider) {
    this.provider = provider;
  }

  /** When a session last returned a change, by {@link System#nanoTime()}. */
  long lastUpdateNanoTime() {
    return lastUpdateNanoTime;
  }

  @Override
  public InventorySession open(Tenant tenant, SessionPurpose purpose)
      throws InventoryException, InterruptedException {
    InventorySession session = provider.open(tenant, purpose);
    return new InventorySession() {
      @Override
      public Update next(Duration maxWait) throws InventoryException, InterruptedException {
        Update update = session.next(maxWait);
        if (!(update instanceof Update.Changes changes) || !changes.changes().isEmpty()) {
          lastUpdateNanoTime = System.nanoTime();
        }
        return update;
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }

  @Override
  public void close() {
    provider.close();
  }

  @Override
  public String toString() {
    return provider.toString();
  }
}
