package io.vminventory.vsphere;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Update;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An account's view of one vCenter, from login to logout.
 *
 * <p>It polls: everything is read again once the poll interval has passed, and compared with the
 * last read. Streaming through {@code WaitForUpdatesEx} replaces that later, behind the same
 * interface.
 */
final class VsphereSession implements InventorySession {

  private final SoapSession session;
  private final InventoryReader reader;
  private final Failures failures;
  private final String username;
  private final Duration pollInterval;
  private final CountDownLatch closed = new CountDownLatch(1);

  // of the thread that calls next()
  private @Nullable Inventory last;
  private Deadline nextRead = Deadline.in(Duration.ZERO);
  private boolean finished;

  VsphereSession(
      SoapSession session,
      InventoryReader reader,
      Failures failures,
      String username,
      Duration pollInterval) {
    this.session = session;
    this.reader = reader;
    this.failures = failures;
    this.username = username;
    this.pollInterval = pollInterval;
  }

  /**
   * {@inheritDoc}
   *
   * <p>The first call reads at once. A later one reads when the poll interval has passed since the
   * last read, again and again until there is a change or the next read would be after {@code
   * maxWait}.
   */
  @Override
  public Update next(Duration maxWait) throws InventoryException, InterruptedException {
    if (finished) {
      throw new InventoryException(
          Failure.UNAVAILABLE, "this session with " + failures.server() + " is finished");
    }
    finished = true;
    Update update = update(Deadline.in(maxWait));
    finished = false;
    return update;
  }

  private Update update(Deadline end) throws InventoryException, InterruptedException {
    while (true) {
      boolean due = !end.isBefore(nextRead);
      sleepUntil(due ? nextRead : end);
      if (!due) {
        return new Update.Changes(List.of());
      }
      Inventory before = last;
      Inventory now = read();
      last = now;
      nextRead = Deadline.in(pollInterval);
      if (before == null) {
        return new Update.Snapshot(now);
      }
      Update.Changes changes = new Update.Changes(now.changesSince(before));
      if (!changes.changes().isEmpty()) {
        return changes;
      }
    }
  }

  private void sleepUntil(Deadline deadline) throws InventoryException, InterruptedException {
    if (closed.await(deadline.nanosLeft(), TimeUnit.NANOSECONDS)) {
      throw ended(null);
    }
  }

  private Inventory read() throws InventoryException, InterruptedException {
    try {
      return reader.read();
    } catch (IOException e) {
      throw closed.getCount() == 0 ? ended(e) : failures.of(e, username);
    }
  }

  private InventoryException ended(@Nullable IOException cause) {
    return new InventoryException(
        Failure.UNAVAILABLE, "this session with " + failures.server() + " was closed", cause);
  }

  @Override
  public void close() {
    closed.countDown();
    session.close();
  }

  @Override
  public String toString() {
    return "session of '" + username + "' with " + failures.server();
  }
}
