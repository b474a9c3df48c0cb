package io.vminventory.vsphere;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Session of one account with one vCenter, from login to logout.
 *
 * <p>The first update is read in pages, which is the fastest way to read everything, and all that a
 * caller needs who reads only now and then. Later updates come from an {@link UpdateStream}. It
 * begins with the complete state as well, so that no change between the two is lost.
 */
final class VsphereSession implements InventorySession {

  private final SoapSession session;
  private final InventoryReader reader;
  private final Function<Inventory, UpdateStream> streams;
  private final ServerLimits limits;
  private final Failures failures;
  private final String username;
  private volatile boolean closed;

  // of the thread that calls next
  private @Nullable UpdateStream stream;
  private boolean finished;

  /**
   * @param streams creates the stream of updates after an inventory
   */
  VsphereSession(
      SoapSession session,
      InventoryReader reader,
      Function<Inventory, UpdateStream> streams,
      ServerLimits limits,
      Failures failures,
      String username) {
    this.session = session;
    this.reader = reader;
    this.streams = streams;
    this.limits = limits;
    this.failures = failures;
    this.username = username;
  }

  @Override
  public Update next(Duration maxWait) throws InventoryException, InterruptedException {
    if (finished || closed) {
      throw new InventoryException(
          Failure.UNAVAILABLE,
          "this session with " + failures.server() + (closed ? " was closed" : " is finished"));
    }
    finished = true;
    Deadline end = Deadline.in(maxWait);
    Deadline limit = end.plus(NEXT_LIMIT);
    Update update;
    try {
      update = stream == null ? first(limit) : stream.next(end, limit);
    } catch (IOException e) {
      throw closed
          ? new InventoryException(
              Failure.UNAVAILABLE, "this session with " + failures.server() + " was closed", e)
          : failures.of(e, username);
    }
    finished = false;
    return update;
  }

  private Update first(Deadline limit) throws IOException, InterruptedException {
    limits.acquireRead(limit);
    try {
      Inventory inventory = reader.read(limit);
      stream = streams.apply(inventory);
      return new Update.Snapshot(inventory);
    } finally {
      limits.releaseRead();
    }
  }

  @Override
  public void close() {
    closed = true;
    session.close();
  }

  @Override
  public String toString() {
    return "session of '" + username + "' with " + failures.server();
  }
}
