package io.vminventory.testkit.contract;

import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import java.time.Duration;

/** A session that does what another one does, but for what is overridden. */
class ForwardingSession implements InventorySession {

  private final InventorySession session;

  ForwardingSession(InventorySession session) {
    this.session = session;
  }

  @Override
  public Update next(Duration maxWait) throws InventoryException, InterruptedException {
    return session.next(maxWait);
  }

  @Override
  public void close() {
    session.close();
  }

  @Override
  public String toString() {
    return session.toString();
  }
}
