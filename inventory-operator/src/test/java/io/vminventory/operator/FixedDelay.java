package io.vminventory.operator;

import io.vminventory.testkit.Eventually;
import java.time.Duration;

/** Delay that is part of a scenario, not a wait for a condition. */
final class FixedDelay {

  private FixedDelay() {}

  /** Returns after that time. */
  static void elapse(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Eventually.within(time.plusSeconds(1)).until(() -> System.nanoTime() >= end);
  }
}
