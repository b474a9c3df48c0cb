package io.vminventory.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A small measurement of everything, which fails when something is far off. */
@Command(
    name = "quick",
    mixinStandardHelpOptions = true,
    description =
        "A small run of read, import, reread and naive; fails if a figure is off by a factor.")
final class QuickCommand implements Callable<Integer> {

  /** A target that is missed by less than this may be noise. */
  private static final double SLACK = 2;

  /** What is published of two shared cores, where it misses its target. */
  private static final Map<String, Double> PUBLISHED =
      Map.of("read / floor", 2.3, "first import / floor", 1.6, "every record changed / floor", 1.6);

  private static final int MACHINES = 1_000;
  private static final int FEW_MACHINES = 100;
  private static final Duration AT_MOST = Duration.ofSeconds(4);

  @Mixin private final ClusterOptions clusters = new ClusterOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    List<Report> all;
    try (VcenterOptions many = new VcenterOptions().machines(MACHINES);
        VcenterOptions few = new VcenterOptions().machines(FEW_MACHINES);
        clusters) {
      Cluster cluster = clusters.start();
      many.start();
      few.start();
      try (Bench ours = new Bench(cluster, "bench-ours");
          Bench theirs = new Bench(cluster, "bench-naive")) {
        RoundOptions often = new RoundOptions(8, 5, AT_MOST);
        RoundOptions seldom = new RoundOptions(1, 2, AT_MOST);
        all =
            List.of(
                reliably(() -> new ReadBenchmark(many, often).run()),
                reliably(
                    () ->
                        new ImportBenchmark(ours, seldom, 2 * FEW_MACHINES, clusters.kind())
                            .run(true)),
                reliably(
                    () -> {
                      ours.clear();
                      return new RereadBenchmark(few, ours, often).run();
                    }),
                reliably(
                    () -> {
                      ours.clear();
                      return new NaiveBenchmark(few, ours, theirs, seldom).run();
                    }));
      }
    }
    reports.show(all);
    return verdict(all);
  }

  /** The exit code; names the figures that are off. */
  static int verdict(List<Report> reports) {
    List<Report.Figure> off = reports.stream().flatMap(each -> off(each).stream()).toList();
    off.forEach(figure -> System.err.printf("off by more than %.0f x: %s%n", SLACK, figure));
    return off.isEmpty() ? 0 : 1;
  }

  private static List<Report.Figure> off(Report report) {
    return report.beyond(SLACK, PUBLISHED);
  }

  /** Once more if anything is off: what else the machine does is seldom there twice. */
  static Report reliably(Callable<Report> measured) throws Exception {
    Report report = measured.call();
    return off(report).isEmpty() ? report : measured.call();
  }
}
