package io.vminventory.operator.leader;

import io.vminventory.k8s.sink.WritePermit;
import java.util.Optional;

/**
 * Whether this process is the one that works. As a {@link WritePermit} it is granted only while no
 * other process can be working.
 *
 * <p>Thread-safe.
 */
public interface LeaderElection extends WritePermit, AutoCloseable {

  /** Begins to stand for election; returns at once. */
  void start();

  /**
   * Waits until this process leads for the first time, however long that takes.
   *
   * @return whether it leads; {@code false} if this was closed
   */
  boolean await() throws InterruptedException;

  /**
   * Waits until another process has taken the lead from this one. Work that is under way then has
   * to be given up: what it decides on is old.
   *
   * @return who leads now
   */
  String awaitLoss() throws InterruptedException;

  /** Where this process stands, as of the last look. */
  LeaderState state();

  /** What keeps this process from leading or from knowing who does; for a person. */
  Optional<String> problem();

  /**
   * Gives up the lead, so that another can take it at once. Nothing is granted any more.
   * Idempotent.
   */
  @Override
  void close();
}
