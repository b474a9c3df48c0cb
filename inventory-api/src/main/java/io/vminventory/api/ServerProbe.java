package io.vminventory.api;

import java.time.Duration;
import java.util.List;

/**
 * A look at a server that takes no account: whether it can be reached, whether it is believed to be
 * the one it claims to be, what it is. An {@link InventoryProvider} may implement it, so that an
 * administrator can be told what is wrong before a tenant is. Thread-safe.
 */
public interface ServerProbe {

  /**
   * Looks once. Opens no session, sends no secret, and finds fault instead of throwing.
   *
   * @param atMost how long the whole may take
   * @return everything that was looked at, what was not reached among it; not empty
   * @throws InterruptedException if the thread is interrupted
   */
  List<CheckResult> probe(Duration atMost) throws InterruptedException;
}
