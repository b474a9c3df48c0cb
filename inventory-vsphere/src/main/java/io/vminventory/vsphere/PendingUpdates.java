package io.vminventory.vsphere;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A question for updates that the server has not answered yet. It outlives the patience of whoever
 * asks for news. Used by the session's thread.
 */
final class PendingUpdates {

  private final SoapSession session;
  private final Exchange exchange;

  PendingUpdates(SoapSession session, Exchange exchange) {
    this.session = session;
    this.exchange = exchange;
  }

  /** Waits until the answer begins, at most until then; whether it does. */
  boolean await(Deadline end) throws IOException, InterruptedException {
    return exchange.await(end);
  }

  /**
   * Reads the answer, which is empty if nothing happened. This ends the question.
   *
   * @param capacity what the updates may take
   */
  Optional<UpdateSet> read(Capacity capacity) throws IOException, InterruptedException {
    AtomicReference<@Nullable UpdateSet> set = new AtomicReference<>();
    session.finish(exchange, result -> set.set(UpdateSet.of(result, capacity)));
    return Optional.ofNullable(set.get());
  }
}
