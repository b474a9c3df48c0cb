package io.vminventory.operator.mirror;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import java.time.Duration;

/** Read of everything that an account can see. */
public final class CompleteRead {

  private CompleteRead() {}

  /**
   * The inventory of a session's first update.
   *
   * @throws InventoryException if it cannot be read; {@link Failure#INTERNAL} if the update is not
   *     the snapshot that it must be
   */
  public static Inventory of(InventorySession session)
      throws InventoryException, InterruptedException {
    if (session.next(Duration.ZERO) instanceof Update.Snapshot snapshot) {
      return snapshot.inventory();
    }
    throw new InventoryException(
        Failure.INTERNAL, "the provider's first update is not a snapshot", "report this as a bug");
  }
}
