package io.vminventory.benchmark;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures what it costs to find nothing changed. */
@Command(
    name = "reread",
    mixinStandardHelpOptions = true,
    description = "A complete read that changes nothing, with the records compared and without.")
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
      try (Bench bench = new Bench(clusters.start(), "bench-reread")) {
        reports.show(List.of(new RereadBenchmark(vcenter, bench, rounds).run()));
      }
    }
    return 0;
  }
}
