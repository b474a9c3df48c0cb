package io.vminventory.api;

import java.util.List;

/** Update that {@link InventorySession#next} returns. */
public sealed interface Update {

  /**
   * All machines that the account sees. It is complete: a machine that is missing here is gone, or
   * hidden from the account. A read that could not be finished throws instead.
   *
   * @param inventory all machines
   */
  record Snapshot(Inventory inventory) implements Update {}

  /**
   * Changes since the update before. Applied one after the other to the first snapshot, the updates
   * of a session give its inventory. Empty if nothing changed within the time that {@code next} was
   * given.
   *
   * @param changes at most one per machine
   */
  record Changes(List<Change> changes) implements Update {

    public Changes {
      changes = List.copyOf(changes);
    }
  }
}
