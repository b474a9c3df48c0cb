package io.vminventory.operator.metrics;

import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.Update;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Provider whose sessions are counted, and the first update of each timed. */
record MeteredProvider(InventoryProvider provider, ServerMeters meters, Metrics metrics)
    implements InventoryProvider {

  @Override
  public InventorySession open(Tenant tenant, SessionPurpose purpose)
      throws InventoryException, InterruptedException {
    long startedAt = System.nanoTime();
    meters.loggingIn().incrementAndGet();
    try {
      InventorySession session = provider.open(tenant, purpose);
      meters.sessions().incrementAndGet();
      return new Session(session, tenant, startedAt);
    } finally {
      meters.loggingIn().decrementAndGet();
    }
  }

  @Override
  public void close() {
    provider.close();
  }

  private final class Session implements InventorySession {

    private final InventorySession session;
    private final Tenant tenant;
    private final long startedAt;
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean read;

    Session(InventorySession session, Tenant tenant, long startedAt) {
      this.session = session;
      this.tenant = tenant;
      this.startedAt = startedAt;
    }

    @Override
    public Update next(Duration maxWait) throws InventoryException, InterruptedException {
      return read ? session.next(maxWait) : timedRead(maxWait);
    }

    private Update timedRead(Duration maxWait) throws InventoryException, InterruptedException {
      meters.reading().incrementAndGet();
      try {
        Update update = session.next(maxWait);
        read = true;
        Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
        metrics.tenant(tenant.id()).ifPresent(tenantMeters -> tenantMeters.read(took));
        return update;
      } finally {
        meters.reading().decrementAndGet();
      }
    }

    @Override
    public void close() {
      session.close();
      if (closed.compareAndSet(false, true)) {
        meters.sessions().decrementAndGet();
      }
    }
  }
}
