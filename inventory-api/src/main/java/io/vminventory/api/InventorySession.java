package io.vminventory.api;

import java.time.Duration;

/**
 * A tenant's session with one server, from login to logout.
 *
 * <p>One thread calls {@link #next}; any thread may call {@link #close()}. A session that threw is
 * finished: close it and open another.
 */
public interface InventorySession extends AutoCloseable {

  /**
   * How much longer than {@code maxWait} {@link #next} may take, with default settings: the time of
   * the largest complete read.
   */
  Duration NEXT_LIMIT = Duration.ofMinutes(15);

  /** How long {@link #close()} may take. */
  Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  /**
   * Returns the next update. The first one is a {@link Update.Snapshot}, returned without waiting
   * for a change, and so is any update after history was lost. All others are {@link
   * Update.Changes}, empty if nothing changed in time.
   *
   * <p><strong>A snapshot is complete, or this method throws.</strong> A partial read can never
   * look like a deletion. A machine that exists but cannot be described now is part of the snapshot
   * as {@link VirtualMachine#unknownForNow}; if a provider cannot even list such machines, it
   * throws.
   *
   * @param maxWait how long to wait for a change. An empty {@code Changes} is returned no sooner; a
   *     transfer that has begun by then is finished, so that this method returns or throws within
   *     {@code maxWait} plus {@link #NEXT_LIMIT}. Zero returns what is known to have changed
   *     without waiting; a provider that polls its server need not poll again before its interval
   *     is over
   * @throws InventoryException if the state cannot be read; {@link Failure#UNAVAILABLE} as well if
   *     the session was closed during the call, or was finished before
   * @throws InterruptedException soon after the thread is interrupted; the session is finished then
   */
  Update next(Duration maxWait) throws InventoryException, InterruptedException;

  /**
   * Logs out and frees what the session holds, including its threads, within {@link #CLOSE_LIMIT},
   * even if the server cannot be reached. Idempotent, never throws, and ends a {@link #next} that
   * is running in another thread. An interrupted thread may call it, and stays interrupted.
   */
  @Override
  void close();
}
