package io.vminventory.api;

/**
 * One configured server. Thread-safe. It may pool connections, but it owns no session: whoever
 * opens one closes it. Neither it nor a session prints a secret in its {@code toString}.
 */
public interface InventoryProvider {

  /**
   * Logs in as the tenant. Makes one attempt: whether and when to try again is the caller's choice.
   *
   * @throws InventoryException if that is not possible; no session is left on the server then
   * @throws InterruptedException if the thread is interrupted, before or meanwhile; no session is
   *     left then either
   */
  InventorySession open(Tenant tenant) throws InventoryException, InterruptedException;
}
