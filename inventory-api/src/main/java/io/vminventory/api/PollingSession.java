package io.vminventory.api;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Session of a {@link PolledPlatform}: remembers what it returned and returns the differences. */
final class PollingSession implements InventorySession {

  private final PolledPlatform platform;
  private final UnaryOperator<Inventory> view;
  private final Runnable onClose;
  private final CountDownLatch closed = new CountDownLatch(1);

  /** The thread that reads now, which close interrupts; guarded by this. */
  private @Nullable Thread reading;

  // confined to the thread that calls next
  private @Nullable Inventory returned;
  private long dueNanos;
  private boolean finished;

  PollingSession(PolledPlatform platform, UnaryOperator<Inventory> view, Runnable onClose) {
    this.platform = platform;
    this.view = view;
    this.onClose = onClose;
  }

  @Override
  public Update next(Duration maxWait) throws InventoryException, InterruptedException {
    if (finished) {
      throw unavailable("is finished");
    }
    finished = true;
    Update update = returned == null ? snapshot(platform.nanoTime()) : changes(maxWait.toNanos());
    finished = false;
    return update;
  }

  private Update snapshot(long sinceNanos) throws InventoryException, InterruptedException {
    Inventory inventory = read(sinceNanos);
    returned = inventory;
    return new Update.Snapshot(inventory);
  }

  private Update changes(long maxWaitNanos) throws InventoryException, InterruptedException {
    long deadline = platform.nanoTime() + maxWaitNanos;
    while (true) {
      long now = platform.nanoTime();
      if (dueNanos - now <= 0) {
        Update update = poll();
        if (!(update instanceof Update.Changes changes && changes.changes().isEmpty())) {
          return update;
        }
        now = platform.nanoTime();
      }
      long left = deadline - now;
      if (closed.await(Math.max(0, Math.min(left, dueNanos - now)), TimeUnit.NANOSECONDS)) {
        throw unavailable("was closed");
      }
      if (left <= 0) {
        return new Update.Changes(List.of());
      }
    }
  }

  private Update poll() throws InventoryException, InterruptedException {
    Inventory earlier = returned;
    Inventory inventory = read(dueNanos);
    if (earlier == null || !earlier.serverVersion().equals(inventory.serverVersion())) {
      returned = inventory;
      return new Update.Snapshot(inventory);
    }
    List<Change> changes = inventory.changesSince(earlier);
    returned = inventory;
    return new Update.Changes(changes);
  }

  private Inventory read(long sinceNanos) throws InventoryException, InterruptedException {
    beginReading();
    PolledPlatform.Read read;
    try {
      read = platform.readSince(sinceNanos);
    } catch (InterruptedException e) {
      if (isClosed()) {
        throw unavailable("was closed");
      }
      throw e;
    } finally {
      endReading();
    }
    if (isClosed()) {
      throw unavailable("was closed");
    }
    if (read instanceof PolledPlatform.Read.Complete complete) {
      dueNanos = complete.endedNanos() + platform.intervalNanos();
      return view.apply(complete.inventory());
    }
    InventoryException failure = ((PolledPlatform.Read.Failed) read).failure();
    // One of its own for each session that shares the failed read.
    throw new InventoryException(failure.failure(), failure.problem(), failure.remedy(), failure);
  }

  private synchronized void beginReading() throws InventoryException {
    if (isClosed()) {
      throw unavailable("was closed");
    }
    reading = Thread.currentThread();
  }

  /** From here on close interrupts no more; clears its interrupt if it came too late. */
  private synchronized void endReading() {
    reading = null;
    if (isClosed()) {
      boolean unused = Thread.interrupted();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (isClosed()) {
        return;
      }
      closed.countDown();
      if (reading != null) {
        reading.interrupt();
      }
    }
    onClose.run();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private static InventoryException unavailable(String what) {
    return new InventoryException(
        Failure.UNAVAILABLE, "this session " + what, "open another session");
  }
}
