package io.vminventory.benchmark;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Command that measures a full read. */
@Command(
    name = "read",
    mixinStandardHelpOptions = true,
    description = "Full read of a vCenter, compared with the transfer of the same responses.")
final class ReadCommand implements Callable<Integer> {

  @Mixin private final VcenterOptions vcenter = new VcenterOptions();
  @Mixin private final RoundOptions rounds = new RoundOptions();
  @Mixin private final ReportOptions reports = new ReportOptions();

  @Override
  public Integer call() throws Exception {
    try (vcenter) {
      vcenter.start();
      reports.print(List.of(new ReadBenchmark(vcenter, rounds).run()));
    }
    return 0;
  }
}
