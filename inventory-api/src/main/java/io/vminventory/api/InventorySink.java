package io.vminventory.api;

/**
 * Keeps records of machines true. Thread-safe; calls for different tenants may run at the same
 * time, calls for one tenant must not.
 */
public interface InventorySink {

  /**
   * Makes the tenant's records say what the inventory says: missing ones are created, different
   * ones changed, those of machines that are gone deleted. Records that are right already are not
   * written. Safe to repeat.
   *
   * <p>A record that cannot be written does not stop the others; the result names it. A deletion of
   * suspiciously many records at once is held back until it is confirmed.
   *
   * @param tenant whose records; only records of this tenant are ever touched
   * @param inventory complete, or complete with changes applied
   * @param confirmedDeletions how many deletions a person has agreed to; a held deletion of exactly
   *     that many goes ahead. Zero confirms none
   * @return what was done and what was not
   * @throws InventoryException if the records cannot be read, or nothing can be written where they
   *     belong; in the second case some records may be written
   * @throws InterruptedException if the thread is interrupted; some records may be written
   */
  SinkResult apply(Tenant tenant, Inventory inventory, int confirmedDeletions)
      throws InventoryException, InterruptedException;
}
