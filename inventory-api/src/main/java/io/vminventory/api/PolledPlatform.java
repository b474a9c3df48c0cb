package io.vminventory.api;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Base for providers of platforms that can only be read as a whole. Its sessions poll the platform
 * at an interval and turn successive complete reads into changes.
 *
 * <p>All sessions of one {@code PolledPlatform} share its reads. Make one for each session if
 * reading needs the session of an account, else one for each server, with a view for each account.
 * A read that several sessions wait for is made once, and so is one that fails.
 *
 * <p>Thread-safe. It starts no thread: the sessions' callers do the reading.
 */
public final class PolledPlatform {

  /** Reads the whole platform. */
  @FunctionalInterface
  public interface SnapshotReader {

    /**
     * Makes one complete read, or throws. Calls do not overlap.
     *
     * @throws InventoryException if the read is not complete
     * @throws InterruptedException soon after the thread is interrupted, as by the close of the
     *     session that reads
     */
    Inventory read() throws InventoryException, InterruptedException;
  }

  /** Outcome of one read, with the times of a monotonic clock in nanoseconds. */
  sealed interface Read {

    long beganNanos();

    record Complete(Inventory inventory, long beganNanos, long endedNanos) implements Read {}

    record Failed(InventoryException failure, long beganNanos) implements Read {}
  }

  private final SnapshotReader reader;
  private final long intervalNanos;
  private final LongSupplier nanoClock;
  private final ReentrantLock reading = new ReentrantLock();
  private @Nullable Read last;
  private @Nullable Inventory lastInventory;

  /**
   * A platform that is read at most once in an interval. The first update of each session needs a
   * read that began after it was requested.
   *
   * @param reader makes complete reads
   * @param interval from the end of one read to the next one, positive
   */
  public PolledPlatform(SnapshotReader reader, Duration interval) {
    this(reader, interval, System::nanoTime);
  }

  PolledPlatform(SnapshotReader reader, Duration interval, LongSupplier nanoClock) {
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException("interval must be positive, not " + interval);
    }
    this.reader = reader;
    this.intervalNanos = interval.toNanos();
    this.nanoClock = nanoClock;
  }

  /** A session that sees all machines. */
  public InventorySession open() {
    return open(UnaryOperator.identity(), () -> {});
  }

  /**
   * A session of one account. Opening it does not touch the platform: log in before.
   *
   * @param view the part of a complete read that the account may see; pure
   * @param onClose logs out within {@link InventorySession#CLOSE_LIMIT}, even if its thread is
   *     interrupted, which it leaves so; called once, by the first close, in its thread; must not
   *     throw
   */
  public InventorySession open(UnaryOperator<Inventory> view, Runnable onClose) {
    return new PollingSession(this, view, onClose);
  }

  long nanoTime() {
    return nanoClock.getAsLong();
  }

  long intervalNanos() {
    return intervalNanos;
  }

  /** The last read if it began at this time or later, else a new one. */
  Read readSince(long nanoTime) throws InterruptedException {
    reading.lockInterruptibly();
    try {
      Read latest = last;
      if (latest == null || latest.beganNanos() - nanoTime < 0) {
        latest = read();
        last = latest;
      }
      return latest;
    } finally {
      reading.unlock();
    }
  }

  private Read read() throws InterruptedException {
    long began = nanoTime();
    try {
      Inventory inventory = sharing(lastInventory, reader.read());
      lastInventory = inventory;
      return new Read.Complete(inventory, began, nanoTime());
    } catch (InventoryException e) {
      return new Read.Failed(e, began);
    }
  }

  /** Equal to the inventory, derived from the earlier one: comparing them is cheap then. */
  private static Inventory sharing(@Nullable Inventory earlier, Inventory inventory) {
    return earlier != null && earlier.serverVersion().equals(inventory.serverVersion())
        ? earlier.with(inventory.changesSince(earlier))
        : inventory;
  }
}
