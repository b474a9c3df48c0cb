package io.vminventory.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Command that runs a small benchmark of everything, and fails if a figure is far off its target.
 */
@Command(
    name = "quick",
    mixinStandardHelpOptions = true,
    description =
        "Short run of read, import, reread and naive; fails if a figure is off by a factor of 2.")
final class QuickCommand implements Callable<Integer> {

  /** Factor by which a figure can miss its target before the command fails; less can be noise. */
  private static final double TOLERANCE = 2;

  /** Published figures of two shared cores that miss their targets, by label. */
  private static final Map<String, Double> PUBLISHED =
      Map.of("read / floor", 2.3, "first import / floor", 1.6, "every record changed / floor", 1.6);

  private static final int LARGE_INVENTORY = 1_000;
  private static final int SMALL_INVENTORY = 100;
  private static final Duration TIME_LIMIT = Duration.ofSeconds(4);

  @Mixin private final ClusterOptions clusters = new ClusterOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    List<Report> results;
    try (VcenterOptions large = new VcenterOptions().machines(LARGE_INVENTORY);
        VcenterOptions small = new VcenterOptions().machines(SMALL_INVENTORY);
        clusters) {
      Cluster cluster = clusters.start();
      large.start();
      small.start();
      try (BenchmarkNamespace ours = new BenchmarkNamespace(cluster, "bench-ours");
          BenchmarkNamespace naiveNamespace = new BenchmarkNamespace(cluster, "bench-naive")) {
        RoundOptions manyRounds = new RoundOptions(8, 5, TIME_LIMIT);
        RoundOptions fewRounds = new RoundOptions(1, 2, TIME_LIMIT);
        results =
            List.of(
                runTwiceIfOff(() -> new ReadBenchmark(large, manyRounds).run()),
                runTwiceIfOff(
                    () ->
                        new ImportBenchmark(ours, fewRounds, 2 * SMALL_INVENTORY, clusters.kind())
                            .run(true)),
                runTwiceIfOff(
                    () -> {
                      ours.deleteRecords();
                      return new RereadBenchmark(small, ours, manyRounds).run();
                    }),
                runTwiceIfOff(
                    () -> {
                      ours.deleteRecords();
                      return new NaiveBenchmark(small, ours, naiveNamespace, fewRounds).run();
                    }));
      }
    }
    reports.print(results);
    return exitCode(results);
  }

  /** Prints the figures that are off, and returns the exit code. */
  static int exitCode(List<Report> reports) {
    List<Report.Figure> off = reports.stream().flatMap(report -> off(report).stream()).toList();
    off.forEach(figure -> System.err.printf("off by more than %.0f x: %s%n", TOLERANCE, figure));
    return off.isEmpty() ? 0 : 1;
  }

  private static List<Report.Figure> off(Report report) {
    return report.worseThan(TOLERANCE, PUBLISHED);
  }

  /** Runs a benchmark, and once more if a figure is off: load from elsewhere seldom lasts. */
  static Report runTwiceIfOff(Callable<Report> benchmark) throws Exception {
    Report report = benchmark.call();
    return off(report).isEmpty() ? report : benchmark.call();
  }
}
