package io.vminventory.operator;

import io.vminventory.operator.cli.DoctorCommand;
import io.vminventory.operator.cli.PlanCommand;
import io.vminventory.operator.cli.RunCommand;
import io.vminventory.operator.config.Environment;
import io.vminventory.operator.config.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point and command line, such as {@code java -jar vminventory-operator.jar run}. */
@Command(
    name = "vminventory-operator",
    description = "Keeps every virtual machine that a tenant's account may see as a VM object.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {RunCommand.class, DoctorCommand.class, PlanCommand.class},
    synopsisSubcommandLabel = "(run | doctor | plan)",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:ended as asked", "1:failed", "2:wrong usage or settings"})
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    // Vert.x, below the Kubernetes client, would leave a folder for files that it never caches.
    System.setProperty("vertx.disableFileCPResolving", "true");
    // Names are resolved as everywhere else in Java.
    System.setProperty("vertx.disableDnsResolver", "true");
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setUsageHelpWidth(100)
        .setDefaultValueProvider(new Environment(System.getenv()));
  }
}
