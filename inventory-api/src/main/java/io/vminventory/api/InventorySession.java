package io.vminventory.api;

import java.time.Duration;

/**
 * A tenant's view of one server, from login to logout.
 *
 * <p>One thread calls {@link #next}; any thread may call {@link #close()}. A session that threw is
 * finished: close it and open another.
 */
public interface InventorySession extends AutoCloseable {

  /**
   * Waits for news. The first update is a {@link Update.Snapshot}, told without waiting, and so is
   * any update after history was lost; others are {@link Update.Changes}, empty if nothing happened
   * in time.
   *
   * <p><strong>A snapshot is complete, or this method throws.</strong> A partial read can never
   * look like a deletion.
   *
   * @param maxWait how long to wait for a change before returning an empty {@code Changes}, no
   *     sooner; a transfer that has begun by then is finished. Zero asks without waiting
   * @throws InventoryException if the state cannot be read; {@link Failure#UNAVAILABLE} too if the
   *     session was closed meanwhile, or has been finished before
   * @throws InterruptedException if the thread is interrupted, soon after that; the session is
   *     finished then, too
   */
  Update next(Duration maxWait) throws InventoryException, InterruptedException;

  /**
   * Logs out and frees what the session holds, threads among it, within a bounded time, even if the
   * server is away. Idempotent, never throws, and ends a {@link #next} that is under way in another
   * thread. An interrupted thread may call it, and stays interrupted.
   */
  @Override
  void close();
}
