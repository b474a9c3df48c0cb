package io.vminventory.operator.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.internal.DisplayText;
import io.vminventory.k8s.sink.DryRun;
import io.vminventory.k8s.sink.SinkOptions;
import io.vminventory.operator.config.OutputOption;
import io.vminventory.operator.config.ServerOptions;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.config.TenantOption;
import io.vminventory.operator.inspect.PlanReport;
import io.vminventory.operator.kube.ApiAccess;
import io.vminventory.operator.mirror.CompleteRead;
import io.vminventory.operator.tenant.TenantInspection;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Command that shows what the operator would write for a Tenant. */
@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Shows what the operator would write for a Tenant, and writes nothing.",
      "",
      "Logs in to the Tenant's server, reads everything that its account sees, logs out, and"
          + " compares that with the records in Kubernetes, as the operator would.",
      ""
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  VCENTER_HOST=vcenter.example.com VCENTER_CA_FILE=/etc/ssl/vcenter.pem \\",
      "    java -jar vminventory-operator.jar plan --tenant default/test"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the plan was made, whatever it holds",
      "1:failed",
      "2:wrong usage or settings"
    })
public final class PlanCommand implements Callable<Integer> {

  private static final int MAX_VERSION_LENGTH = 256;

  @Option(
      names = "--tenant",
      required = true,
      paramLabel = "NAMESPACE/NAME",
      converter = TenantOption.class,
      description = "The Tenant. Environment: VMINVENTORY_TENANT.")
  private @Nullable TenantId tenant;

  @Mixin private OutputOption output = new OutputOption();

  @Mixin private ServerOptions servers = new ServerOptions();

  @Spec private CommandSpec command = CommandSpec.create();

  private final ClientFactory clients;
  private final InstantSource clock = InstantSource.system();

  public PlanCommand() {
    this(OneShotCommand::createClient);
  }

  /**
   * @param clients creates the client, which the command closes
   */
  public PlanCommand(ClientFactory clients) {
    this.clients = clients;
  }

  @Override
  public Integer call() throws InterruptedException {
    try (KubernetesClient client = clients.create();
        Servers configured = Servers.of(servers.servers(), servers.providers())) {
      return show(client, configured);
    } catch (InventoryException e) {
      OneShotCommand.printError(command, e);
      return ExitCode.USAGE;
    }
  }

  private int show(KubernetesClient client, Servers servers) throws InterruptedException {
    try {
      PlanReport report = plan(client, servers, Objects.requireNonNull(tenant));
      output.print(report, command.commandLine().getOut());
      return ExitCode.OK;
    } catch (InventoryException e) {
      OneShotCommand.printError(command, e);
      return ExitCode.SOFTWARE;
    }
  }

  private PlanReport plan(KubernetesClient client, Servers servers, TenantId id)
      throws InventoryException, InterruptedException {
    try {
      Optional<InventoryException> problem =
          new ApiAccess(client, Set.of(id.namespace()), "").check();
      if (problem.isPresent()) {
        throw problem.get();
      }
      TenantInspection inspection =
          TenantInspection.find(client, servers, id)
              .orElseThrow(
                  () ->
                      new InventoryException(
                          Failure.MISCONFIGURED,
                          "there is no Tenant '%s' in namespace '%s'"
                              .formatted(id.name(), id.namespace())));
      TenantInspection.Account account = inspection.account(clock.instant());
      Inventory inventory;
      try (InventorySession session =
          account.provider().open(account.tenant(), SessionPurpose.READ)) {
        inventory = CompleteRead.of(session);
      }
      SinkOptions limits = SinkOptions.defaults();
      return new PlanReport(
          id,
          inspection.target(),
          inspection.suspended(),
          DisplayText.clean(inventory.serverVersion(), MAX_VERSION_LENGTH),
          inventory.size(),
          inspection.confirmedDeletions(),
          limits,
          new DryRun(client, limits, clock)
              .plan(account.tenant(), inventory, inspection.confirmedDeletions()));
    } catch (KubernetesClientException e) {
      throw ApiAccess.translate(e, String.valueOf(client.getMasterUrl()));
    }
  }
}
