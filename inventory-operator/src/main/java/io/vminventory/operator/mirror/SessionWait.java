package io.vminventory.operator.mirror;

import io.vminventory.operator.wait.Monitor;
import java.util.function.BooleanSupplier;

/**
 * Wait of a mirror's thread on its session, which an update of the spec may interrupt until it is
 * closed. Created and closed by the waiting thread.
 */
final class SessionWait implements AutoCloseable {

  private final Thread thread = Thread.currentThread();
  private final CurrentRead read;
  private final Monitor monitor;
  private final BooleanSupplier stopped;
  private boolean interrupted;
  private boolean closed;

  /**
   * @param read what the session was opened for
   * @param monitor the one that guards the spec
   * @param stopped whether the mirror has to stop; read with the monitor's lock held
   */
  SessionWait(CurrentRead read, Monitor monitor, BooleanSupplier stopped) {
    this.read = read;
    this.monitor = monitor;
    this.stopped = stopped;
  }

  CurrentRead read() {
    return read;
  }

  /** Interrupts the waiting thread once, unless the wait is over. For any thread. */
  void interrupt() {
    monitor.update(
        () -> {
          if (!closed && !interrupted) {
            interrupted = true;
            thread.interrupt();
          }
        });
  }

  /** Whether an update has interrupted this wait. Final once the wait is closed. */
  boolean interrupted() {
    return monitor.read(() -> interrupted);
  }

  @Override
  public void close() {
    monitor.update(
        () -> {
          closed = true;
          if (interrupted && !stopped.getAsBoolean()) {
            // The interrupt was this wait's own, and the session may not have noticed it yet.
            boolean unused = Thread.interrupted();
          }
        });
  }
}
