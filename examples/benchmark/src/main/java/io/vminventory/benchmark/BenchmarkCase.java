package io.vminventory.benchmark;

/**
 * Work to measure, with its set-up and tear-down.
 *
 * @param label of the result, for people
 * @param setUp prepares a round, not measured
 * @param work the measured part
 * @param tearDown ends the round, not measured
 */
record BenchmarkCase(
    String label, ProcessMeter.Task setUp, ProcessMeter.Task work, ProcessMeter.Task tearDown) {

  BenchmarkCase(String label, ProcessMeter.Task work) {
    this(label, () -> {}, work, () -> {});
  }

  /** Runs one round. */
  Round run() throws Exception {
    setUp.run();
    try {
      return ProcessMeter.measure(work);
    } finally {
      tearDown.run();
    }
  }
}
