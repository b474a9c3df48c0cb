package io.vminventory.operator.inspect;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.CheckResult;
import io.vminventory.api.InventoryException;
import io.vminventory.api.ServerProbe;
import io.vminventory.api.TenantId;
import io.vminventory.operator.config.OperatorSettings;
import io.vminventory.operator.config.RunOptions.Configuration;
import io.vminventory.operator.config.ServerSettings;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.inspect.Right.Lease;
import io.vminventory.operator.inspect.Right.Scope;
import io.vminventory.operator.kube.ApiAccess;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Check of everything that the operator depends on: configuration, API server, rights, servers, and
 * optionally one Tenant. A failed check does not stop the others. Writes nothing.
 */
public final class Doctor {

  private static final String KUBERNETES = "kubernetes";
  private static final String RIGHTS = "rights";
  private static final String NOT_REACHED = "the API server was not reached";

  private final KubernetesClient client;
  private final OperatorSettings settings;
  private final Servers servers;
  private final Duration serverTimeout;
  private final InstantSource clock;

  /**
   * @param client has the rights to check; stays open
   * @param serverTimeout the bound of the check of each server
   */
  public Doctor(
      KubernetesClient client,
      Configuration configuration,
      Duration serverTimeout,
      InstantSource clock) {
    this.client = client;
    this.settings = configuration.settings();
    this.servers = configuration.servers();
    this.serverTimeout = serverTimeout;
    this.clock = clock;
  }

  /**
   * Checks everything.
   *
   * @param problems the mistakes in the configuration
   * @param tenant a Tenant to check as well
   */
  public DoctorReport check(List<String> problems, Optional<TenantId> tenant)
      throws InterruptedException {
    List<AreaResult> results = new ArrayList<>();
    add(results, "configuration", configuration(problems));
    CheckResult server = checkApiServer();
    boolean reached = server.level() == CheckResult.Level.OK;
    add(results, KUBERNETES, List.of(server));
    add(results, KUBERNETES, ifReached(reached, "definitions", this::definitions));
    add(
        results,
        RIGHTS,
        ifReached(reached, "all rights", () -> new RightsCheck(client, scope()).check()));
    for (ServerSettings each : settings.servers()) {
      add(results, "server " + each.settings().server(), server(each));
    }
    if (tenant.isPresent()) {
      add(
          results,
          "tenant " + tenant.get(),
          reached
              ? new TenantCheck(client, servers, clock).check(tenant.get())
              : List.of(CheckResult.skipped("Tenant", NOT_REACHED)));
    }
    return new DoctorReport(results);
  }

  private static void add(List<AreaResult> results, String area, List<CheckResult> checked) {
    checked.forEach(result -> results.add(new AreaResult(area, result)));
  }

  private List<CheckResult> configuration(List<String> problems) {
    if (problems.isEmpty()) {
      String where =
          settings.watchNamespaces().isEmpty()
              ? "all namespaces"
              : "namespaces " + String.join(", ", settings.watchNamespaces());
      return List.of(
          CheckResult.ok("options", "servers: %s; Tenants of %s".formatted(servers, where)));
    }
    return problems.stream()
        .map(
            problem ->
                CheckResult.failed(
                    "options", problem, "correct it; 'run --help' lists all options"))
        .toList();
  }

  private CheckResult checkApiServer() {
    String subject = "API server";
    try {
      return CheckResult.ok(
          subject,
          "%s at %s"
              .formatted(client.getKubernetesVersion().getGitVersion(), client.getMasterUrl()));
    } catch (KubernetesClientException e) {
      return CheckResult.failed(subject, failure(e));
    }
  }

  private List<CheckResult> ifReached(
      boolean reached, String subject, Supplier<List<CheckResult>> check) {
    if (!reached) {
      return List.of(CheckResult.skipped(subject, NOT_REACHED));
    }
    try {
      return check.get();
    } catch (KubernetesClientException e) {
      return List.of(CheckResult.failed(subject, failure(e)));
    }
  }

  private Scope scope() {
    return new Scope(
        settings.watchNamespaces(),
        settings
            .lease()
            .map(lease -> new Lease(lease.namespaceOr(client.getNamespace()), lease.name())));
  }

  private List<CheckResult> definitions() {
    return Definitions.compare(Optional.ofNullable(client.raw(Definitions.PATH)));
  }

  private List<CheckResult> server(ServerSettings each) throws InterruptedException {
    Optional<Servers.Server> server = servers.find(each.settings().server());
    if (server.isEmpty()) {
      return List.of(CheckResult.skipped("connection", "its settings are wrong, see above"));
    }
    return server.get().provider() instanceof ServerProbe probe
        ? probe.probe(serverTimeout)
        : List.of(
            CheckResult.skipped(
                "connection",
                "provider '%s' cannot be checked without an account".formatted(each.provider())));
  }

  private InventoryException failure(KubernetesClientException e) {
    return ApiAccess.translate(e, String.valueOf(client.getMasterUrl()));
  }
}
