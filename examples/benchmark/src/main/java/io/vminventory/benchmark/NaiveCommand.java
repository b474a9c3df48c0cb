package io.vminventory.benchmark;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Command that compares the operator with a naive importer. */
@Command(
    name = "naive",
    mixinStandardHelpOptions = true,
    description =
        "First and second run, compared with one request per property and one write per machine.")
final class NaiveCommand implements Callable<Integer> {

  @Mixin private final VcenterOptions vcenter = new VcenterOptions();
  @Mixin private final ClusterOptions clusters = new ClusterOptions();
  @Mixin private final RoundOptions rounds = new RoundOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    try (vcenter;
        clusters) {
      vcenter.start();
      Cluster cluster = clusters.start();
      try (BenchmarkNamespace ours = new BenchmarkNamespace(cluster, "bench-ours");
          BenchmarkNamespace naiveNamespace = new BenchmarkNamespace(cluster, "bench-naive")) {
        reports.print(List.of(new NaiveBenchmark(vcenter, ours, naiveNamespace, rounds).run()));
      }
    }
    return 0;
  }
}
