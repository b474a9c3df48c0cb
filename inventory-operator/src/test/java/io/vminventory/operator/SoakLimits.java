package io.vminventory.operator;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Seed and limits of a soak, which ends after the phase in which it reaches either limit.
 *
 * @param seed of all random choices
 * @param steps maximum number of changes to machines
 */
record SoakLimits(long seed, long steps, Duration time) {

  static final String SEED = "vminventory.soak.seed";
  static final String STEPS = "vminventory.soak.steps";
  static final String SECONDS = "vminventory.soak.seconds";

  /** Limits from the system properties, which may set one of them or both. */
  static SoakLimits ofProperties(SoakLimits defaults) {
    Long steps = Long.getLong(STEPS);
    Long seconds = Long.getLong(SECONDS);
    if (steps == null && seconds == null) {
      return new SoakLimits(seedOfProperty(), defaults.steps(), defaults.time());
    }
    return new SoakLimits(
        seedOfProperty(),
        steps == null ? Long.MAX_VALUE : steps,
        seconds == null ? Duration.ofDays(1) : Duration.ofSeconds(seconds));
  }

  private static long seedOfProperty() {
    Long given = Long.getLong(SEED);
    return given == null ? RandomGenerator.getDefault().nextInt(1_000_000_000) : given;
  }
}
