package io.vminventory.benchmark;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the writing of records. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Records created, changed and found right, beside the same requests alone.")
final class ImportCommand implements Callable<Integer> {

  @Mixin private final ClusterOptions clusters = new ClusterOptions();
  @Mixin private final RoundOptions rounds = new RoundOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Option(names = "--vms", defaultValue = "1000", description = "How many records.")
  private int vms = 1_000;

  @Option(
      names = "--no-changes",
      description = "Only create records: changing them takes most of the time.")
  private boolean noChanges;

  @Override
  public Integer call() throws Exception {
    try (clusters) {
      Cluster cluster = clusters.start();
      try (Bench bench = new Bench(cluster, "bench-import")) {
        reports.show(
            List.of(new ImportBenchmark(bench, rounds, vms, clusters.kind()).run(!noChanges)));
      }
    }
    return 0;
  }
}
