package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** Provider of one ledger. Its sessions share the last read; it has no thread of its own. */
final class LedgerProvider implements InventoryProvider {

  private final LedgerSettings settings;
  private final LedgerFile file;
  private final AtomicInteger sessions = new AtomicInteger();

  LedgerProvider(LedgerSettings settings, InstantSource clock) {
    this.settings = settings;
    this.file = new LedgerFile(settings, clock);
  }

  /** Reads the accounts anew, so that a new account or password needs no restart. */
  @Override
  public InventorySession open(Tenant tenant, SessionPurpose purpose)
      throws InventoryException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the login to " + this);
    }
    Accounts.read(settings.accounts()).check(tenant.username(), tenant.password());
    if (!Files.isReadable(settings.file())) {
      throw new InventoryException(
          Failure.UNAVAILABLE,
          this + " does not exist or cannot be read",
          "check its share and its permissions");
    }
    sessions.incrementAndGet();
    return new LedgerSession(
        file, tenant.username(), settings.poll(), () -> sessions.decrementAndGet());
  }

  /** Number of open sessions. */
  int openSessions() {
    return sessions.get();
  }

  @Override
  public String toString() {
    return "ledger " + settings.file();
  }
}
