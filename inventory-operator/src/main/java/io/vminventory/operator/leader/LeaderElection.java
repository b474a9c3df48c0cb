package io.vminventory.operator.leader;

import io.vminventory.k8s.sink.WritePermit;
import java.util.Optional;

/**
 * Election of the one process that works. As a {@link WritePermit} it is granted only while no
 * other process can be the leader.
 *
 * <p>Thread-safe.
 */
public interface LeaderElection extends WritePermit, AutoCloseable {

  /** Starts to acquire and renew the lead in the background. */
  void start();

  /**
   * Waits until this process leads for the first time, however long that takes.
   *
   * @return whether it leads; {@code false} if this was closed
   */
  boolean await() throws InterruptedException;

  /**
   * Waits until another process has taken the lead from this one. Work under way has to be
   * cancelled then: it decides on stale data. Closing does not end this wait.
   *
   * @return the identity of the new leader
   */
  String awaitLoss() throws InterruptedException;

  /** State of this process as of the last attempt to acquire or renew. */
  LeaderState state();

  /** What keeps this process from leading or from knowing the leader; for a person. */
  Optional<String> problem();

  /**
   * Releases the lead, so that another process can take it at once. Ends the permit. Idempotent.
   */
  @Override
  void close();
}
