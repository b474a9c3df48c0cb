package io.vminventory.operator;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How a soak runs: it ends after the phase in which it reaches either limit.
 *
 * @param seed of all that is random
 * @param steps of the world
 */
record SoakLimits(long seed, long steps, Duration time) {

  static final String SEED = "vminventory.soak.seed";
  static final String STEPS = "vminventory.soak.steps";
  static final String SECONDS = "vminventory.soak.seconds";

  /** As the system properties say, which may say one limit, or both. */
  static SoakLimits ofProperties(SoakLimits defaults) {
    Long steps = Long.getLong(STEPS);
    Long seconds = Long.getLong(SECONDS);
    if (steps == null && seconds == null) {
      return new SoakLimits(chosenSeed(), defaults.steps(), defaults.time());
    }
    return new SoakLimits(
        chosenSeed(),
        steps == null ? Long.MAX_VALUE : steps,
        seconds == null ? Duration.ofDays(1) : Duration.ofSeconds(seconds));
  }

  private static long chosenSeed() {
    Long given = Long.getLong(SEED);
    return given == null ? RandomGenerator.getDefault().nextInt(1_000_000_000) : given;
  }
}
