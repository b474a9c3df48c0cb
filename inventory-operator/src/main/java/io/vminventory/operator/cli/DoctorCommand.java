package io.vminventory.operator.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.InventoryException;
import io.vminventory.api.TenantId;
import io.vminventory.operator.config.OutputOption;
import io.vminventory.operator.config.RunOptions;
import io.vminventory.operator.config.RunOptions.Configuration;
import io.vminventory.operator.config.TenantOption;
import io.vminventory.operator.inspect.Doctor;
import io.vminventory.operator.inspect.DoctorReport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Command that checks what the operator depends on. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Checks what the operator depends on, and prints a remedy for each problem: configuration,"
          + " Kubernetes API, custom resources, rights, servers with their certificates and clocks,"
          + " and with --tenant one Tenant and its login. It writes nothing.",
      "",
      "It takes the options of 'run'. The rights are those of your own account.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  VCENTER_HOST=vcenter.example.com VCENTER_CA_FILE=/etc/ssl/vcenter.pem \\",
      "    java -jar vminventory-operator.jar doctor --tenant default/test"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:no check failed", "1:a check failed", "2:wrong usage or settings"})
public final class DoctorCommand implements Callable<Integer> {

  private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = "--tenant",
      paramLabel = "NAMESPACE/NAME",
      converter = TenantOption.class,
      description = {
        "Check this Tenant too: one login, one read, one logout.",
        "Environment: VMINVENTORY_TENANT."
      })
  private @Nullable TenantId tenant;

  @Mixin private OutputOption output = new OutputOption();

  @Mixin private RunOptions options = new RunOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  private final ClientFactory clients;

  public DoctorCommand() {
    this(OneShotCommand::createClient);
  }

  /**
   * @param clients creates the client, which the command closes
   */
  public DoctorCommand(ClientFactory clients) {
    this.clients = clients;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (KubernetesClient client = clients.create()) {
      List<String> problems = new ArrayList<>();
      Configuration configuration = options.configuration(options.providers(), problems);
      try {
        DoctorReport report =
            new Doctor(client, configuration, SERVER_TIMEOUT, InstantSource.system())
                .check(problems, Optional.ofNullable(tenant));
        output.print(report, command.commandLine().getOut());
        return report.failed() ? ExitCode.SOFTWARE : ExitCode.OK;
      } finally {
        configuration.servers().close();
      }
    } catch (InventoryException e) {
      OneShotCommand.printError(command, e);
      return ExitCode.USAGE;
    }
  }
}
