package io.vminventory.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results of one command: a table for people, JSON for programs. For one thread. */
final class Report {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * Value with an optional target.
   *
   * @param label for people
   * @param unit such as {@code MiB}; {@code x} for a ratio
   * @param atMost the target as an upper limit; infinite if there is none
   * @param atLeast the target as a lower limit; zero if there is none
   */
  record Figure(String label, double value, String unit, double atMost, double atLeast) {

    static Figure of(String label, double value, String unit) {
      return new Figure(label, value, unit, Double.POSITIVE_INFINITY, 0);
    }

    static Figure atMost(double atMost, String label, double value, String unit) {
      return new Figure(label, value, unit, atMost, 0);
    }

    static Figure atLeast(double atLeast, String label, double value, String unit) {
      return new Figure(label, value, unit, Double.POSITIVE_INFINITY, atLeast);
    }

    boolean hasTarget() {
      return Double.isFinite(atMost) || atLeast > 0;
    }

    /** Whether it misses its target by at most this factor; 1 for the target itself. */
    boolean within(double factor) {
      return value <= atMost * factor && value >= atLeast / factor;
    }

    /** The same figure with this known value as its target, if that is worse than the target. */
    Figure withKnown(double known) {
      return new Figure(
          label,
          value,
          unit,
          Double.isFinite(atMost) ? Math.max(atMost, known) : atMost,
          atLeast > 0 ? Math.min(atLeast, known) : atLeast);
    }

    String verdict() {
      if (!hasTarget()) {
        return "";
      }
      String target =
          Double.isFinite(atMost) ? "at most " + number(atMost) : "at least " + number(atLeast);
      return target + (within(1) ? ": met" : ": MISSED");
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%-58s %9s %-5s %s", label, number(value), unit, verdict())
          .stripTrailing();
    }
  }

  private final String title;
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();

  /**
   * @param title the benchmark and its size, for people
   */
  Report(String title) {
    this.title = title;
  }

  Report add(Measurement measurement) {
    measurements.add(measurement);
    return this;
  }

  Report add(Figure figure) {
    figures.add(figure);
    return this;
  }

  /**
   * The figures that miss their targets by more than this factor. A known value replaces the target
   * if it is worse.
   *
   * @param known values by label
   */
  List<Figure> worseThan(double factor, Map<String, Double> known) {
    return figures.stream()
        .map(
            figure ->
                known.containsKey(figure.label())
                    ? figure.withKnown(known.get(figure.label()))
                    : figure)
        .filter(figure -> !figure.within(factor))
        .toList();
  }

  /** The report as a table. */
  String table() {
    StringBuilder table = new StringBuilder(title).append('\n');
    if (!measurements.isEmpty()) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-44s %2s %9s %19s %8s %9s %9s%n",
              "",
              "n",
              "median ms",
              "min .. max",
              "CPU s",
              "alloc MiB",
              "peak MiB"));
    }
    for (Measurement m : measurements) {
      table.append(
          String.format(
              Locale.ROOT,
              "%-44s %2d %9.1f %8.1f .. %7.1f %8.2f %9.1f %9.1f%n",
              m.label(),
              m.rounds().size(),
              millis(m.wallTime()),
              millis(m.shortest()),
              millis(m.longest()),
              millis(m.cpuTime()) / 1e3,
              mebibytes(m.allocatedBytes()),
              mebibytes(m.peakHeapBytes())));
    }
    figures.forEach(figure -> table.append(figure).append('\n'));
    return table.toString();
  }

  /** The report as JSON, with every round. */
  ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("title", title);
    root.set("machine", machine());
    ArrayNode measurementNodes = root.putArray("measurements");
    for (Measurement m : measurements) {
      ObjectNode node = measurementNodes.addObject();
      node.put("what", m.label());
      node.put("medianMillis", millis(m.wallTime()));
      node.put("minMillis", millis(m.shortest()));
      node.put("maxMillis", millis(m.longest()));
      node.put("cpuMillis", millis(m.cpuTime()));
      node.put("allocatedBytes", m.allocatedBytes());
      node.put("peakHeapBytes", m.peakHeapBytes());
      ArrayNode rounds = node.putArray("roundMillis");
      m.rounds().forEach(round -> rounds.add(millis(round.wallTime())));
    }
    ArrayNode figureNodes = root.putArray("figures");
    for (Figure figure : figures) {
      ObjectNode node = figureNodes.addObject();
      node.put("what", figure.label()).put("value", figure.value()).put("unit", figure.unit());
      if (Double.isFinite(figure.atMost())) {
        node.put("atMost", figure.atMost());
      }
      if (figure.atLeast() > 0) {
        node.put("atLeast", figure.atLeast());
      }
      if (figure.hasTarget()) {
        node.put("met", figure.within(1));
      }
    }
    return root;
  }

  private static ObjectNode machine() {
    return JSON.createObjectNode()
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"))
        .put("maxHeapBytes", Runtime.getRuntime().maxMemory());
  }

  /** Writes reports as one JSON document. */
  static void write(List<Report> reports, Path file) throws IOException {
    ArrayNode array = JSON.createArrayNode();
    reports.forEach(report -> array.add(report.json()));
    Files.writeString(file, JSON.writeValueAsString(array) + "\n");
  }

  private static double millis(Duration time) {
    return time.toNanos() / 1e6;
  }

  static double mebibytes(long bytes) {
    return bytes / (double) (1 << 20);
  }

  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
    return String.format(Locale.ROOT, whole ? "%.0f" : "%.2f", value);
  }
}
