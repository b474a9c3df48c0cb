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

/** What a command has measured: a table for a person, JSON for a program. For one thread. */
final class Report {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * One number, and how far it may go.
   *
   * @param what what it tells, for a person
   * @param unit such as {@code MiB}; {@code x} for a ratio
   * @param atMost the most it should be; infinite if there is no such target
   * @param atLeast the least it should be; zero if there is no such target
   */
  record Figure(String what, double value, String unit, double atMost, double atLeast) {

    static Figure of(String what, double value, String unit) {
      return new Figure(what, value, unit, Double.POSITIVE_INFINITY, 0);
    }

    static Figure atMost(double most, String what, double value, String unit) {
      return new Figure(what, value, unit, most, 0);
    }

    static Figure atLeast(double least, String what, double value, String unit) {
      return new Figure(what, value, unit, Double.POSITIVE_INFINITY, least);
    }

    boolean targeted() {
      return Double.isFinite(atMost) || atLeast > 0;
    }

    /** Whether it is no worse than its target by more than this factor; 1 for the target itself. */
    boolean within(double factor) {
      return value <= atMost * factor && value >= atLeast / factor;
    }

    /** The same with its target moved to where it was seen, if that is worse. */
    Figure expecting(double seen) {
      return new Figure(
          what,
          value,
          unit,
          Double.isFinite(atMost) ? Math.max(atMost, seen) : atMost,
          atLeast > 0 ? Math.min(atLeast, seen) : atLeast);
    }

    String verdict() {
      if (!targeted()) {
        return "";
      }
      String target =
          Double.isFinite(atMost) ? "at most " + number(atMost) : "at least " + number(atLeast);
      return target + (within(1) ? ": met" : ": MISSED");
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%-58s %9s %-5s %s", what, number(value), unit, verdict())
          .stripTrailing();
    }
  }

  private final String title;
  private final List<Measurement> measurements = new ArrayList<>();
  private final List<Figure> figures = new ArrayList<>();

  /**
   * @param title what was done to what, for a person
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
   * The figures that are worse by more than this factor than their targets, or than what is known
   * of them if that is worse than the target.
   *
   * @param known values by what they tell
   */
  List<Figure> beyond(double factor, Map<String, Double> known) {
    return figures.stream()
        .map(
            figure ->
                known.containsKey(figure.what())
                    ? figure.expecting(known.get(figure.what()))
                    : figure)
        .filter(figure -> !figure.within(factor))
        .toList();
  }

  /** The table. */
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
              m.what(),
              m.samples().size(),
              millis(m.wall()),
              millis(m.shortest()),
              millis(m.longest()),
              millis(m.cpu()) / 1e3,
              mebibytes(m.allocatedBytes()),
              mebibytes(m.peakHeapBytes())));
    }
    figures.forEach(figure -> table.append(figure).append('\n'));
    return table.toString();
  }

  /** All of it, every round included. */
  ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("title", title);
    root.set("machine", machine());
    ArrayNode measured = root.putArray("measurements");
    for (Measurement m : measurements) {
      ObjectNode node = measured.addObject();
      node.put("what", m.what());
      node.put("medianMillis", millis(m.wall()));
      node.put("minMillis", millis(m.shortest()));
      node.put("maxMillis", millis(m.longest()));
      node.put("cpuMillis", millis(m.cpu()));
      node.put("allocatedBytes", m.allocatedBytes());
      node.put("peakHeapBytes", m.peakHeapBytes());
      ArrayNode rounds = node.putArray("roundMillis");
      m.samples().forEach(sample -> rounds.add(millis(sample.wall())));
    }
    ArrayNode all = root.putArray("figures");
    for (Figure figure : figures) {
      ObjectNode node = all.addObject();
      node.put("what", figure.what()).put("value", figure.value()).put("unit", figure.unit());
      if (Double.isFinite(figure.atMost())) {
        node.put("atMost", figure.atMost());
      }
      if (figure.atLeast() > 0) {
        node.put("atLeast", figure.atLeast());
      }
      if (figure.targeted()) {
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

  /** Writes several as one JSON document. */
  static void write(List<Report> reports, Path file) throws IOException {
    ArrayNode all = JSON.createArrayNode();
    reports.forEach(report -> all.add(report.json()));
    Files.writeString(file, JSON.writeValueAsString(all) + "\n");
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
