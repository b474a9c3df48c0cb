package io.vminventory.operator.inspect;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.CheckResult;
import io.vminventory.api.CheckResult.Level;
import io.vminventory.api.Fact;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.TenantId;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.kube.ApiAccess;
import io.vminventory.operator.mirror.CompleteRead;
import io.vminventory.operator.tenant.TenantInspection;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Check of a Tenant from its spec to its machines, with one login, one read and one logout. */
final class TenantCheck {

  private static final String TENANT = "Tenant";
  private static final String SPEC = "spec";
  private static final String TARGET = "target namespace";
  private static final String PASSWORD = "password";
  private static final String LOGIN = "login";
  private static final String MACHINES = "machines";
  private static final String FACTS = "facts";

  private final KubernetesClient client;
  private final Servers servers;
  private final InstantSource clock;

  TenantCheck(KubernetesClient client, Servers servers, InstantSource clock) {
    this.client = client;
    this.servers = servers;
    this.clock = clock;
  }

  List<CheckResult> check(TenantId id) throws InterruptedException {
    Optional<TenantInspection> tenant;
    try {
      tenant = TenantInspection.find(client, servers, id);
    } catch (KubernetesClientException e) {
      return List.of(CheckResult.failed(TENANT, failure(e)));
    }
    if (tenant.isEmpty()) {
      return List.of(
          CheckResult.failed(
              TENANT,
              "there is no Tenant '%s' in namespace '%s'".formatted(id.name(), id.namespace()),
              "create it, or list all Tenants with 'kubectl get tenant -A'"));
    }
    return check(tenant.get());
  }

  private List<CheckResult> check(TenantInspection tenant) throws InterruptedException {
    List<CheckResult> results = new ArrayList<>();
    results.add(
        tenant.suspended()
            ? CheckResult.warning(
                TENANT, "suspended: its records stay as they are", "set spec.suspend to false")
            : CheckResult.ok(TENANT, "not suspended"));
    results.add(
        result(
            SPEC,
            tenant::specProblem,
            "account '%s' on server '%s'".formatted(tenant.username(), tenant.server())));
    results.add(
        result(
            TARGET,
            tenant::targetProblem,
            "namespace '%s' accepts its records".formatted(tenant.target())));
    results.add(
        result(
            PASSWORD,
            tenant::passwordProblem,
            "Secret '%s' has a value under key '%s'"
                .formatted(tenant.passwordRef().name(), tenant.passwordRef().key())));
    if (results.stream().anyMatch(result -> result.level() == Level.FAILED)) {
      String why = "not tried, because a check above failed";
      results.add(CheckResult.skipped(LOGIN, why));
      results.add(CheckResult.skipped(MACHINES, why));
    } else {
      results.addAll(logIn(tenant));
    }
    return results;
  }

  private CheckResult result(
      String subject, Supplier<Optional<InventoryException>> problem, String ok) {
    try {
      return problem
          .get()
          .map(failure -> CheckResult.failed(subject, failure))
          .orElseGet(() -> CheckResult.ok(subject, ok));
    } catch (KubernetesClientException e) {
      return CheckResult.failed(subject, failure(e));
    }
  }

  private List<CheckResult> logIn(TenantInspection tenant) throws InterruptedException {
    List<CheckResult> results = new ArrayList<>();
    try {
      TenantInspection.Account account = tenant.account(clock.instant());
      try (InventorySession session =
          account.provider().open(account.tenant(), SessionPurpose.READ)) {
        results.add(CheckResult.ok(LOGIN, "%s accepts the account".formatted(account.provider())));
        Inventory inventory = CompleteRead.of(session);
        results.add(machines(inventory));
        results.add(facts(inventory.unreadable()));
      }
    } catch (KubernetesClientException e) {
      results.add(CheckResult.failed(LOGIN, failure(e)));
    } catch (InventoryException e) {
      boolean loggedIn = !results.isEmpty();
      results.add(CheckResult.failed(loggedIn ? MACHINES : LOGIN, e));
      if (!loggedIn) {
        results.add(CheckResult.skipped(MACHINES, "not read, because the login failed"));
      }
    }
    return results;
  }

  /** The result for the machines that the account sees. */
  static CheckResult machines(Inventory inventory) {
    return inventory.size() == 0
        ? CheckResult.warning(
            MACHINES,
            "the account sees none",
            "give it at least the Read-only role where its machines are")
        : CheckResult.ok(MACHINES, "the account sees " + inventory.size());
  }

  /**
   * The result for the facts that the account cannot read.
   *
   * @param unreadable the number of machines that hide each fact
   */
  static CheckResult facts(Map<Fact, Long> unreadable) {
    return unreadable.isEmpty()
        ? CheckResult.ok(FACTS, "all are readable")
        : CheckResult.warning(
            FACTS,
            "the account cannot read (fact of number of machines): "
                + unreadable.entrySet().stream()
                    .map(entry -> entry.getKey() + " of " + entry.getValue())
                    .collect(Collectors.joining(", ")),
            "give its role the missing privilege; otherwise the machines are recorded without these"
                + " facts");
  }

  private InventoryException failure(KubernetesClientException e) {
    return ApiAccess.translate(e, String.valueOf(client.getMasterUrl()));
  }
}
