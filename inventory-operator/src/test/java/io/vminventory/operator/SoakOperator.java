package io.vminventory.operator;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Operator of a soak, which may start while its peers are down. Used by one thread. */
final class SoakOperator {

  private static final int START_TIMEOUT_SECONDS = 60;

  private final OperatorFixture fixture;
  private FutureTask<OperatorFixture> starting;

  SoakOperator(OperatorFixture fixture) {
    this.fixture = fixture;
    this.starting = begin();
  }

  private FutureTask<OperatorFixture> begin() {
    FutureTask<OperatorFixture> task = new FutureTask<>(fixture::start);
    Thread thread = new Thread(task, "soak-operator-start");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Restarts the operator, unless it is still starting. */
  String restart() {
    if (!starting.isDone()) {
      return "not yet";
    }
    fixture.stop();
    starting = begin();
    return "now";
  }

  /**
   * Restarts an operator that is not live, as a kubelet does. Returns its response, or nothing if
   * it is live or still starting. A watch that received invalid data has ended for good.
   */
  Optional<String> restartUnlessLive() {
    if (!starting.isDone()) {
      return Optional.empty();
    }
    Optional<String> reason =
        Optional.of(HealthEndpoint.get(fixture.httpPort(), "/livez"))
            .filter(response -> !response.startsWith("200"));
    reason.ifPresent(response -> restart());
    return reason;
  }

  /** Waits until it has started; call it only after all faults have ended. */
  void awaitStarted() {
    try {
      starting.get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the operator does not start", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("the operator does not start in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while the operator starts", e);
    }
  }

  void stop() {
    awaitStarted();
    fixture.stop();
  }
}
