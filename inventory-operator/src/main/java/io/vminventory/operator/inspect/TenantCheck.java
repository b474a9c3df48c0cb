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

/** Goes the way of a Tenant from its spec to its machines: one login, one read, one logout. */
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
    Optional<TenantInspection> found;
    try {
      found = TenantInspection.find(client, servers, id);
    } catch (KubernetesClientException e) {
      return List.of(CheckResult.failed(TENANT, explain(e)));
    }
    if (found.isEmpty()) {
      return List.of(
          CheckResult.failed(
              TENANT,
              "there is no Tenant '%s' in namespace '%s'".formatted(id.name(), id.namespace()),
              "create it, or see 'kubectl get tenant -A' for those that there are"));
    }
    return check(found.get());
  }

  private List<CheckResult> check(TenantInspection tenant) throws InterruptedException {
    List<CheckResult> findings = new ArrayList<>();
    findings.add(
        tenant.suspended()
            ? CheckResult.warning(
                TENANT, "suspended: its records stay as they are", "set spec.suspend to false")
            : CheckResult.ok(TENANT, "not suspended"));
    findings.add(
        finding(
            SPEC,
            tenant::specProblem,
            "account '%s' on server '%s'".formatted(tenant.username(), tenant.server())));
    findings.add(
        finding(
            TARGET,
            tenant::targetProblem,
            "namespace '%s' takes its records".formatted(tenant.target())));
    findings.add(
        finding(
            PASSWORD,
            tenant::passwordProblem,
            "Secret '%s' has a value under key '%s'"
                .formatted(tenant.passwordRef().name(), tenant.passwordRef().key())));
    if (findings.stream().anyMatch(finding -> finding.level() == Level.FAILED)) {
      String why = "not tried, since something above stands in the way";
      findings.add(CheckResult.skipped(LOGIN, why));
      findings.add(CheckResult.skipped(MACHINES, why));
    } else {
      findings.addAll(look(tenant));
    }
    return findings;
  }

  private CheckResult finding(String subject, Supplier<Optional<String>> trouble, String well) {
    try {
      return trouble
          .get()
          .map(why -> CheckResult.failed(subject, why))
          .orElseGet(() -> CheckResult.ok(subject, well));
    } catch (KubernetesClientException e) {
      return CheckResult.failed(subject, explain(e));
    }
  }

  private List<CheckResult> look(TenantInspection tenant) throws InterruptedException {
    List<CheckResult> findings = new ArrayList<>();
    try {
      TenantInspection.Account account = tenant.account(clock.instant());
      try (InventorySession session =
          account.provider().open(account.tenant(), SessionPurpose.READ)) {
        findings.add(CheckResult.ok(LOGIN, "%s takes the account".formatted(account.provider())));
        Inventory inventory = CompleteRead.of(session);
        findings.add(machines(inventory));
        findings.add(facts(inventory.unreadable()));
      }
    } catch (KubernetesClientException e) {
      findings.add(CheckResult.failed(LOGIN, explain(e)));
    } catch (InventoryException e) {
      boolean loggedIn = !findings.isEmpty();
      findings.add(CheckResult.failed(loggedIn ? MACHINES : LOGIN, e.getMessage()));
      if (!loggedIn) {
        findings.add(CheckResult.skipped(MACHINES, "not read, since nobody is logged in"));
      }
    }
    return findings;
  }

  /** What is to be said of what an account sees. */
  static CheckResult machines(Inventory inventory) {
    return inventory.size() == 0
        ? CheckResult.warning(
            MACHINES,
            "the account sees none",
            "give it at least the Read-only role where its machines are")
        : CheckResult.ok(MACHINES, "the account sees " + inventory.size());
  }

  /**
   * What is to be said of what an account may not read.
   *
   * @param unreadable how many machines hide each fact
   */
  static CheckResult facts(Map<Fact, Long> unreadable) {
    return unreadable.isEmpty()
        ? CheckResult.ok(FACTS, "all are readable")
        : CheckResult.warning(
            FACTS,
            "the account may not read, of how many machines: "
                + unreadable.entrySet().stream()
                    .map(entry -> entry.getKey() + " of " + entry.getValue())
                    .collect(Collectors.joining(", ")),
            "give its role the missing privilege, or live with it: the machines are recorded"
                + " without these facts");
  }

  private String explain(KubernetesClientException e) {
    return ApiAccess.explain(e, String.valueOf(client.getMasterUrl()));
  }
}
