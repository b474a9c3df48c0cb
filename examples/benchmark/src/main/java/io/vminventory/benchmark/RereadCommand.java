package io.vminventory.benchmark;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Command that measures a full read without changes. */
@Command(
    name = "reread",
    mixinStandardHelpOptions = true,
    description = "Full read without changes, with and without comparing the records.")
final class RereadCommand implements Callable<Integer> {

  @Mixin private final VcenterOptions vcenter = new VcenterOptions();
  @Mixin private final ClusterOptions clusters = new ClusterOptions();
  @Mixin private final RoundOptions rounds = new RoundOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    try (vcenter;
        clusters) {
      vcenter.start();
      try (BenchmarkNamespace bench = new BenchmarkNamespace(clusters.start(), "bench-reread")) {
        reports.print(List.of(new RereadBenchmark(vcenter, bench, rounds).run()));
      }
    }
    return 0;
  }
}
