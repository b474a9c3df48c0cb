package io.vminventory.operator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a soak has done: the last things word for word, all of them as numbers. One thread. */
final class SoakJournal {

  private static final Logger log = LoggerFactory.getLogger(SoakJournal.class);
  private static final int LAST = 80;

  private final long seed;
  private final Deque<String> last = new ArrayDeque<>();
  private final Map<String, Integer> troubles = new TreeMap<>();
  private int phase;
  private int steps;

  SoakJournal(long seed) {
    this.seed = seed;
    log.info("seed {}: {}", seed, remedy());
  }

  private String remedy() {
    return "the same steps and troubles come again with -D" + SoakLimits.SEED + "=" + seed;
  }

  int steps() {
    return steps;
  }

  int phase() {
    return phase;
  }

  void phase(int number) {
    phase = number;
    note("phase " + number);
  }

  void step(Object step) {
    steps++;
    note(step.toString());
  }

  void trouble(String name, String text) {
    troubles.merge(name, 1, Integer::sum);
    note(name + ": " + text);
  }

  void note(String text) {
    log.debug("{}", text);
    last.add(text);
    if (last.size() > LAST) {
      last.remove();
    }
  }

  /** The failure with everything that is needed to see it again. */
  AssertionError failed(Throwable cause) {
    return new AssertionError(
        "soak with seed %d failed in phase %d after %d steps; %s%n%s%nthe last things:%n  %s"
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
    return "seed %d: %d steps in %d phases, troubles %s".formatted(seed, steps, phase, troubles);
  }
}
