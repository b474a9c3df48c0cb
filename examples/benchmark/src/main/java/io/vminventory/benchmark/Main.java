package io.vminventory.benchmark;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Command line of the benchmarks, such as {@code java -jar vminventory-benchmark.jar read}. */
@Command(
    name = "vminventory-benchmark",
    description = "Benchmarks of the operator and its parts.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ReadCommand.class,
      ImportCommand.class,
      RereadCommand.class,
      NaiveCommand.class,
      ChangeCommand.class,
      StartCommand.class,
      QuickCommand.class,
      LatencyCommand.class,
      TenantsCommand.class,
      PeerCommand.class
    })
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setUsageHelpWidth(100);
  }
}
