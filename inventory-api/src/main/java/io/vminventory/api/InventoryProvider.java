package io.vminventory.api;

import java.time.Duration;

/**
 * Access to one configured server. Thread-safe. A provider may pool connections, but it owns no
 * session: the caller of {@link #open} closes the session. Neither a provider nor a session prints
 * a secret in its {@code toString}.
 */
public interface InventoryProvider extends AutoCloseable {

  /** How long {@link #open} may take with default settings, including waits for login limits. */
  Duration OPEN_LIMIT = Duration.ofMinutes(10);

  /**
   * Logs in as the tenant. Makes one attempt: whether and when to retry is the caller's choice.
   * Returns or throws within {@link #OPEN_LIMIT}.
   *
   * @param tenant the account
   * @param purpose how the caller will use the session
   * @throws InventoryException if that is not possible; no session is left on the server then
   * @throws InterruptedException if the thread is interrupted, before or during the call; no
   *     session is left then either
   */
  InventorySession open(Tenant tenant, SessionPurpose purpose)
      throws InventoryException, InterruptedException;

  /**
   * Frees what the provider shares between sessions, such as connections and threads, within {@link
   * InventorySession#CLOSE_LIMIT}. Called once, after all sessions are closed. Idempotent, never
   * throws. A provider that shares nothing keeps this body.
   */
  @Override
  default void close() {}
}
