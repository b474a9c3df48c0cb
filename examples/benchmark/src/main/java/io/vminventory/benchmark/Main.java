package io.vminventory.benchmark;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code java -jar vminventory-benchmark.jar latency} or {@code tenants}. */
@Command(
    name = "vminventory-benchmark",
    description = "Measures the operator; each figure is printed with how it was measured.",
    mixinStandardHelpOptions = true,
    subcommands = {LatencyCommand.class, TenantsCommand.class})
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).setUsageHelpWidth(100).execute(args));
  }
}
