package io.vminventory.operator;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The operator of a soak, which may be started while nobody answers. One thread. */
final class SoakOperator {

  private static final int PATIENCE_SECONDS = 60;

  private final OperatorBench bench;
  private FutureTask<OperatorBench> starting;

  SoakOperator(OperatorBench bench) {
    this.bench = bench;
    this.starting = begin();
  }

  private FutureTask<OperatorBench> begin() {
    FutureTask<OperatorBench> task = new FutureTask<>(bench::start);
    Thread thread = new Thread(task, "soak-operator-start");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  /** Ends the operator and starts another; says so. Nothing, if it has not started yet. */
  String restart() {
    if (!starting.isDone()) {
      return "not yet";
    }
    bench.stop();
    starting = begin();
    return "now";
  }

  /**
   * Replaces an operator that says that it has to be, as a kubelet would; says what it said, or
   * nothing if it is well or has not started yet. A watch that was told nonsense has ended for
   * good.
   */
  Optional<String> replaceUnlessAlive() {
    if (!starting.isDone()) {
      return Optional.empty();
    }
    Optional<String> reason =
        Optional.of(Health.ask(bench.httpPort(), "/livez")).filter(said -> !said.startsWith("200"));
    reason.ifPresent(said -> restart());
    return reason;
  }

  /** Waits until it has started; all faults have to be over. */
  void awaitStarted() {
    try {
      starting.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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
    bench.stop();
  }
}
