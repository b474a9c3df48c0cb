package io.vminventory.api;

/**
 * Store of records that are kept in line with an inventory. Thread-safe; calls for different
 * tenants may run at the same time, calls for one tenant must not.
 */
public interface InventorySink {

  /**
   * Brings the tenant's records in line with the inventory: creates missing ones, changes different
   * ones, deletes those of machines that are gone. A record that is right already is not written.
   * Safe to repeat.
   *
   * <p>A fact that is {@linkplain VirtualMachine#unknown() unknown for now} keeps the value that
   * its record has; so does a machine's name.
   *
   * <p>A record that cannot be written does not stop the others; the result names it. A deletion of
   * suspiciously many records at once is held back until it is confirmed.
   *
   * @param tenant whose records; only records of this tenant are ever touched
   * @param inventory complete, or complete with changes applied
   * @param confirmedDeletions how many deletions a person has agreed to; a held deletion of exactly
   *     that many goes ahead. Zero confirms none
   * @return what was written and what was not
   * @throws InventoryException if the records cannot be read, or nothing can be written where they
   *     belong; in the second case some records may be written
   * @throws InterruptedException if the thread is interrupted; some records may be written
   */
  SinkResult apply(Tenant tenant, Inventory inventory, int confirmedDeletions)
      throws InventoryException, InterruptedException;
}
