package io.vminventory.benchmark;

/**
 * One of several things that are measured in turns.
 *
 * @param what what is measured, for a person
 * @param before what makes the situation for each round, not measured
 * @param work what is measured
 * @param after what ends the round, not measured
 */
record Contender(String what, Meter.Work before, Meter.Work work, Meter.Work after) {

  Contender(String what, Meter.Work work) {
    this(what, () -> {}, work, () -> {});
  }

  /** One round. */
  Sample round() throws Exception {
    before.run();
    try {
      return Meter.measure(work);
    } finally {
      after.run();
    }
  }
}
