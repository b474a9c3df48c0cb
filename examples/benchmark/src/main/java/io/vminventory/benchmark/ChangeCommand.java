package io.vminventory.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Command that measures the latency that the operator adds to one change among many machines. */
@Command(
    name = "change",
    mixinStandardHelpOptions = true,
    description =
        "Latency of one change among many watched machines, from the update to the request.")
final class ChangeCommand implements Callable<Integer> {

  @Option(
      names = "--vms",
      split = ",",
      defaultValue = "100,1000,10000",
      description = "Machines of the embedded vCenter; the benchmark runs once for each number.")
  private List<Integer> vms = List.of();

  @Option(
      names = "--changes",
      defaultValue = "500",
      description = "Number of changes; the operator applies at most four per second.")
  private int changes = 500;

  @Mixin private final ClusterOptions clusters = new ClusterOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    List<Report> results = new ArrayList<>();
    try (clusters) {
      Cluster cluster = clusters.start();
      for (int count : vms) {
        try (VcenterOptions vcenter = new VcenterOptions().machines(count)) {
          vcenter.start();
          results.add(new ChangeBenchmark(vcenter, cluster, count, changes).run());
        }
      }
    }
    reports.print(results);
    return 0;
  }
}
