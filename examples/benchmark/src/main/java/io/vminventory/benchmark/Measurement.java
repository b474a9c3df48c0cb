package io.vminventory.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The rounds of one thing.
 *
 * @param what what was measured, for a person
 * @param samples one a round, in their order, at least one
 */
record Measurement(String what, List<Sample> samples) {

  Measurement {
    samples = List.copyOf(samples);
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured of: " + what);
    }
  }

  /** The middle one of all walls; of an even number, the mean of the two in the middle. */
  Duration wall() {
    return Duration.ofNanos(median(sample -> sample.wall().toNanos()));
  }

  Duration shortest() {
    return samples.stream().map(Sample::wall).min(Duration::compareTo).orElseThrow();
  }

  Duration longest() {
    return samples.stream().map(Sample::wall).max(Duration::compareTo).orElseThrow();
  }

  /** The median. */
  Duration cpu() {
    return Duration.ofNanos(median(sample -> sample.cpu().toNanos()));
  }

  /** The median. */
  long allocatedBytes() {
    return median(Sample::allocatedBytes);
  }

  /** The highest of all rounds. */
  long peakHeapBytes() {
    return samples.stream().mapToLong(Sample::peakHeapBytes).max().orElseThrow();
  }

  /** How many times as long as another this takes, median by median. */
  double times(Measurement other) {
    return (double) wall().toNanos() / other.wall().toNanos();
  }

  private long median(ToLongFunction<Sample> part) {
    long[] sorted = samples.stream().mapToLong(part).sorted().toArray();
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
