package io.vminventory.operator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Log of a soak: the last entries in full, and counts of all faults. Used by one thread. */
final class SoakJournal {

  private static final Logger log = LoggerFactory.getLogger(SoakJournal.class);
  private static final int MAX_ENTRIES = 80;

  private final long seed;
  private final Deque<String> last = new ArrayDeque<>();
  private final Map<String, Integer> faults = new TreeMap<>();
  private int phase;
  private int steps;

  SoakJournal(long seed) {
    this.seed = seed;
    log.info("seed {}: {}", seed, remedy());
  }

  private String remedy() {
    return "repeat the same steps and faults with -D" + SoakLimits.SEED + "=" + seed;
  }

  int steps() {
    return steps;
  }

  int phase() {
    return phase;
  }

  void phase(int number) {
    phase = number;
    add("phase " + number);
  }

  void step(Object step) {
    steps++;
    add(step.toString());
  }

  void fault(String name, String text) {
    faults.merge(name, 1, Integer::sum);
    add(name + ": " + text);
  }

  void add(String text) {
    log.debug("{}", text);
    last.add(text);
    if (last.size() > MAX_ENTRIES) {
      last.remove();
    }
  }

  /** Failure with everything needed to reproduce it. */
  AssertionError failed(Throwable cause) {
    return new AssertionError(
        "soak with seed %d failed in phase %d after %d steps; %s%n%s%nlast entries:%n  %s"
            .formatted(
                seed,
                phase,
                steps,
                remedy(),
                cause.getMessage(),
                String.join(System.lineSeparator() + "  ", last)),
        cause);
  }

  @Override
  public String toString() {
    return "seed %d: %d steps in %d phases, faults %s".formatted(seed, steps, phase, faults);
  }
}
