package io.vminventory.operator.kube;

import io.vminventory.operator.wait.BackOff;
import io.vminventory.operator.wait.Monitor;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probe of the Kubernetes API in a thread of its own. It retries until the API can be used, so that
 * the operator need not be restarted, and checks again from time to time, so that health can report
 * a problem. Each change of the result is logged once.
 *
 * <p>Thread-safe.
 */
public final class ApiReadinessProbe implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ApiReadinessProbe.class);

  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

  private static final BackOff BACK_OFF = new BackOff(Duration.ofSeconds(1), CHECK_INTERVAL);

  /** How long {@link #close} waits for a request that is under way. */
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  private final Supplier<Optional<String>> check;
  private final Thread thread;
  private final Monitor monitor = new Monitor();
  private Optional<String> problem = Optional.of("the Kubernetes API has not been checked yet");
  private boolean usable;
  private boolean closed;

  /**
   * Nothing happens before {@link #start}.
   *
   * @param check requests something of the API server; returns the problem, if there is one
   */
  public ApiReadinessProbe(Supplier<Optional<String>> check) {
    this.check = check;
    this.thread = new Thread(this::run, "api-readiness");
    thread.setDaemon(true);
  }

  /** Starts to probe; returns at once. */
  public void start() {
    thread.start();
  }

  private void run() {
    try {
      int failures = 0;
      while (!monitor.read(() -> closed)) {
        Optional<String> found = check();
        record(found);
        failures = found.isPresent() ? failures + 1 : 0;
        monitor.sleep(delay(failures), () -> closed);
      }
    } catch (InterruptedException e) {
      log.debug("interrupted");
    }
  }

  private Optional<String> check() {
    try {
      return check.get();
    } catch (RuntimeException e) {
      log.debug("unexpected failure", e);
      return Optional.of("the Kubernetes API cannot be checked: " + e);
    }
  }

  /** Delay before the next check, after so many failures in a row. */
  static Duration delay(int failures) {
    return failures == 0 ? CHECK_INTERVAL : BACK_OFF.delay(failures);
  }

  private void record(Optional<String> found) {
    monitor.update(
        () -> {
          if (closed) {
            return;
          }
          if (found.isPresent() && !found.equals(problem)) {
            log.warn("waiting: {}", found.get());
          } else if (found.isEmpty() && problem.isPresent()) {
            log.info("the Kubernetes API can be used");
          }
          problem = found;
          usable |= found.isEmpty();
        });
  }

  /**
   * Waits until the API can be used, however long that takes; closing ends the wait.
   *
   * @return whether it can be used; {@code false} if this was closed
   */
  public boolean awaitUsable() throws InterruptedException {
    monitor.awaitUntil(() -> usable || closed);
    return monitor.read(() -> !closed);
  }

  /** Whether the API could be used at any time. */
  public boolean usable() {
    return monitor.read(() -> usable);
  }

  /** The API's problem as of the last check; empty if it can be used. */
  public Optional<String> problem() {
    return monitor.read(() -> problem);
  }

  /** Ends the thread and all waits. */
  @Override
  public void close() {
    monitor.update(() -> closed = true);
    thread.interrupt();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
