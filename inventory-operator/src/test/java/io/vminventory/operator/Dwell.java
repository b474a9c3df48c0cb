package io.vminventory.operator;

import io.vminventory.testkit.Eventually;
import java.time.Duration;

/** Time that is part of what a test does: nothing is waited for in it. */
final class Dwell {

  private Dwell() {}

  /** Lets the operator notice. */
  static void during(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Eventually.within(time.plusSeconds(1)).until(() -> System.nanoTime() >= end);
  }
}
