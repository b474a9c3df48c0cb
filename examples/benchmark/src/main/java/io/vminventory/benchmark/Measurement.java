package io.vminventory.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Rounds of one benchmark case.
 *
 * @param label of the case, for people
 * @param rounds in their order, at least one
 */
record Measurement(String label, List<Round> rounds) {

  Measurement {
    rounds = List.copyOf(rounds);
    if (rounds.isEmpty()) {
      throw new IllegalArgumentException("no rounds of: " + label);
    }
  }

  /** Median wall time; with an even number of rounds, the mean of the middle two. */
  Duration wallTime() {
    return Duration.ofNanos(median(round -> round.wallTime().toNanos()));
  }

  Duration shortest() {
    return rounds.stream().map(Round::wallTime).min(Duration::compareTo).orElseThrow();
  }

  Duration longest() {
    return rounds.stream().map(Round::wallTime).max(Duration::compareTo).orElseThrow();
  }

  /** Median processor time. */
  Duration cpuTime() {
    return Duration.ofNanos(median(round -> round.cpuTime().toNanos()));
  }

  /** Median of the bytes allocated. */
  long allocatedBytes() {
    return median(Round::allocatedBytes);
  }

  /** Maximum of all rounds. */
  long peakHeapBytes() {
    return rounds.stream().mapToLong(Round::peakHeapBytes).max().orElseThrow();
  }

  /** Ratio of the median wall time to that of another measurement. */
  double ratioTo(Measurement other) {
    return (double) wallTime().toNanos() / other.wallTime().toNanos();
  }

  private long median(ToLongFunction<Round> value) {
    long[] sorted = rounds.stream().mapToLong(value).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
