package io.vminventory.benchmark;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command that measures how long the sink writes records. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Creates, updates and checks records, compared with sending the same requests.")
final class ImportCommand implements Callable<Integer> {

  @Mixin private final ClusterOptions clusters = new ClusterOptions();
  @Mixin private final RoundOptions rounds = new RoundOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Option(names = "--vms", defaultValue = "1000", description = "Number of records.")
  private int vms = 1_000;

  @Option(names = "--no-changes", description = "Skip the updates, which take most of the time.")
  private boolean noChanges;

  @Override
  public Integer call() throws Exception {
    try (clusters) {
      Cluster cluster = clusters.start();
      try (BenchmarkNamespace bench = new BenchmarkNamespace(cluster, "bench-import")) {
        reports.print(
            List.of(new ImportBenchmark(bench, rounds, vms, clusters.kind()).run(!noChanges)));
      }
    }
    return 0;
  }
}
