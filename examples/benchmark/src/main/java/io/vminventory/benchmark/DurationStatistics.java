package io.vminventory.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Durations of one kind, with their percentiles. For one thread. */
final class DurationStatistics {

  private final String label;
  private final List<Duration> durations = new ArrayList<>();

  /**
   * @param label of the table line, for people
   */
  DurationStatistics(String label) {
    this.label = label;
  }

  void add(Duration duration) {
    durations.add(duration);
  }

  int count() {
    return durations.size();
  }

  /** The smallest duration that this percentage of all does not exceed; zero if there are none. */
  Duration percentile(int percent) {
    if (durations.isEmpty()) {
      return Duration.ZERO;
    }
    List<Duration> sorted = new ArrayList<>(durations);
    Collections.sort(sorted);
    int index = (int) Math.ceil(sorted.size() * percent / 100.0) - 1;
    return sorted.get(Math.max(0, index));
  }

  /** One line of a table. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-52s n=%-5d median %7.1f ms   p95 %7.1f ms   p99 %7.1f ms   max %7.1f ms",
        label,
        count(),
        millis(50),
        millis(95),
        millis(99),
        millis(100));
  }

  /** The percentile in milliseconds. */
  double millis(int percent) {
    return percentile(percent).toNanos() / 1e6;
  }
}
