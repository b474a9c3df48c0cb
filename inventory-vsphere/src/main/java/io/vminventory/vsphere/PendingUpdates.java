package io.vminventory.vsphere;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Request for updates that the server holds back until there are some. It may outlive the call that
 * made it. For the session's thread.
 */
final class PendingUpdates {

  private final SoapSession session;
  private final Exchange exchange;

  PendingUpdates(SoapSession session, Exchange exchange) {
    this.session = session;
    this.exchange = exchange;
  }

  /** Waits until the response begins, but not longer than this; returns whether it has begun. */
  boolean await(Deadline end) throws IOException, InterruptedException {
    return exchange.await(end);
  }

  /**
   * Reads the response, which is empty if nothing has changed. This ends the request.
   *
   * @param budget for the updates
   */
  Optional<UpdateSet> read(MemoryBudget budget) throws IOException, InterruptedException {
    AtomicReference<@Nullable UpdateSet> set = new AtomicReference<>();
    session.finish(exchange, result -> set.set(UpdateSet.of(result, budget)));
    return Optional.ofNullable(set.get());
  }
}
