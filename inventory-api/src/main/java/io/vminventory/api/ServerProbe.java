package io.vminventory.api;

import java.time.Duration;
import java.util.List;

/**
 * Checks of a server that need no account: whether it can be reached, whether it is the one it
 * claims to be, what it is. An {@link InventoryProvider} may implement it, so that an administrator
 * learns of a problem before a tenant does. Thread-safe.
 */
public interface ServerProbe {

  /**
   * Makes all checks once. Opens no session, sends no secret, and reports failures instead of
   * throwing.
   *
   * @param timeout for all checks together
   * @return every check, including those that were skipped; not empty
   * @throws InterruptedException if the thread is interrupted
   */
  List<CheckResult> probe(Duration timeout) throws InterruptedException;
}
