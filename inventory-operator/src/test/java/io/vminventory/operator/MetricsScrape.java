package io.vminventory.operator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Scrape of an operator's metrics, as Prometheus does it. */
record MetricsScrape(int port) {

  private static final Pattern SAMPLE = Pattern.compile("(?m)^(\\w+)(?:\\{(.*)})? (\\S+)$");
  private static final Pattern FAMILY = Pattern.compile("(?m)^# TYPE (\\w+) ");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

  /**
   * Value of each series, such as {@code name{server=default,tenant=test}}. Labels are sorted by
   * name, with {@code kind} last.
   */
  Map<String, Double> samples() {
    Map<String, Double> samples = new TreeMap<>();
    Matcher lines = SAMPLE.matcher(text());
    while (lines.find()) {
      samples.put(lines.group(1) + "{" + labels(lines) + "}", Double.valueOf(lines.group(3)));
    }
    return samples;
  }

  private static String labels(MatchResult line) {
    return line.group(2) == null
        ? ""
        : Arrays.stream(line.group(2).replace("\"", "").split(","))
            .sorted(
                Comparator.comparing((String label) -> label.startsWith("kind="))
                    .thenComparing(Comparator.naturalOrder()))
            .collect(Collectors.joining(","));
  }

  Set<String> families() {
    return FAMILY.matcher(text()).results().map(found -> found.group(1)).collect(names());
  }

  /** Metrics listed in the documentation. */
  static Set<String> documented() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "metrics.md"));
    return ROW.matcher(page).results().map(found -> found.group(1)).collect(names());
  }

  private static Collector<String, ?, TreeSet<String>> names() {
    return Collectors.toCollection(TreeSet::new);
  }

  private String text() {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
