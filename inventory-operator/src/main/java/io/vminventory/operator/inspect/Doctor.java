package io.vminventory.operator.inspect;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.CheckResult;
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
 * Checks everything that the operator depends on: its configuration, the API server, its rights,
 * the servers, and one Tenant if asked. What has failed does not keep it from what can still be
 * checked. It writes nothing.
 */
public final class Doctor {

  private static final String KUBERNETES = "kubernetes";
  private static final String RIGHTS = "rights";
  private static final String NO_ANSWER = "the API server was not reached";

  private final KubernetesClient client;
  private final OperatorSettings settings;
  private final Servers servers;
  private final Duration perServer;
  private final InstantSource clock;

  /**
   * @param client has the operator's rights, or those of whoever looks; stays the caller's
   * @param perServer how long each server may take to be looked at
   */
  public Doctor(
      KubernetesClient client,
      Configuration configuration,
      Duration perServer,
      InstantSource clock) {
    this.client = client;
    this.settings = configuration.settings();
    this.servers = configuration.servers();
    this.perServer = perServer;
    this.clock = clock;
  }

  /**
   * Looks at everything.
   *
   * @param problems what is wrong with the configuration
   * @param tenant the Tenant to look at too
   */
  public DoctorReport examine(List<String> problems, Optional<TenantId> tenant)
      throws InterruptedException {
    List<Check> checks = new ArrayList<>();
    add(checks, "configuration", configuration(problems));
    CheckResult server = apiServer();
    boolean reached = server.level() == CheckResult.Level.OK;
    add(checks, KUBERNETES, List.of(server));
    add(checks, KUBERNETES, ifReached(reached, "definitions", this::definitions));
    add(
        checks,
        RIGHTS,
        ifReached(reached, "all rights", () -> new RightsCheck(client, scope()).check()));
    for (ServerSettings each : settings.servers()) {
      add(checks, "server " + each.settings().server(), server(each));
    }
    if (tenant.isPresent()) {
      add(
          checks,
          "tenant " + tenant.get(),
          reached
              ? new TenantCheck(client, servers, clock).check(tenant.get())
              : List.of(CheckResult.skipped("Tenant", NO_ANSWER)));
    }
    return new DoctorReport(checks);
  }

  private static void add(List<Check> checks, String area, List<CheckResult> findings) {
    findings.forEach(finding -> checks.add(new Check(area, finding)));
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
                    "options", problem, "correct it; 'run --help' names all options"))
        .toList();
  }

  private CheckResult apiServer() {
    String subject = "API server";
    try {
      return CheckResult.ok(
          subject,
          "%s at %s"
              .formatted(client.getKubernetesVersion().getGitVersion(), client.getMasterUrl()));
    } catch (KubernetesClientException e) {
      return CheckResult.failed(subject, explain(e));
    }
  }

  private List<CheckResult> ifReached(
      boolean reached, String subject, Supplier<List<CheckResult>> check) {
    if (!reached) {
      return List.of(CheckResult.skipped(subject, NO_ANSWER));
    }
    try {
      return check.get();
    } catch (KubernetesClientException e) {
      return List.of(CheckResult.failed(subject, explain(e)));
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
    Optional<Servers.Server> made = servers.find(each.settings().server());
    if (made.isEmpty()) {
      return List.of(CheckResult.skipped("connection", "its settings are wrong, see above"));
    }
    return made.get().provider() instanceof ServerProbe probe
        ? probe.probe(perServer)
        : List.of(
            CheckResult.skipped(
                "connection",
                "provider '%s' cannot look without an account".formatted(each.provider())));
  }

  private String explain(KubernetesClientException e) {
    return ApiAccess.explain(e, String.valueOf(client.getMasterUrl()));
  }
}
