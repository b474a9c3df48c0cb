package io.vminventory.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Times of one kind, and what they come to. For one thread. */
final class Figures {

  private final String what;
  private final List<Duration> times = new ArrayList<>();

  /**
   * @param what what is timed, for a person
   */
  Figures(String what) {
    this.what = what;
  }

  void add(Duration time) {
    times.add(time);
  }

  int count() {
    return times.size();
  }

  /** The smallest time that this share of all times does not exceed; zero without any. */
  Duration percentile(int percent) {
    if (times.isEmpty()) {
      return Duration.ZERO;
    }
    List<Duration> sorted = new ArrayList<>(times);
    Collections.sort(sorted);
    int index = (int) Math.ceil(sorted.size() * percent / 100.0) - 1;
    return sorted.get(Math.max(0, index));
  }

  /** A line of a table. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%-52s n=%-5d median %7.1f ms   p95 %7.1f ms   p99 %7.1f ms   worst %7.1f ms",
        what,
        count(),
        millis(50),
        millis(95),
        millis(99),
        millis(100));
  }

  /** The same, in milliseconds. */
  double millis(int percent) {
    return percentile(percent).toNanos() / 1e6;
  }
}
