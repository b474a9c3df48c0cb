package io.vminventory.benchmark;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures us beside the naive way. */
@Command(
    name = "naive",
    mixinStandardHelpOptions = true,
    description =
        "A first and a second run, beside one request a property and one write a machine.")
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
      try (Bench ours = new Bench(cluster, "bench-ours");
          Bench theirs = new Bench(cluster, "bench-naive")) {
        reports.show(List.of(new NaiveBenchmark(vcenter, ours, theirs, rounds).run()));
      }
    }
    return 0;
  }
}
