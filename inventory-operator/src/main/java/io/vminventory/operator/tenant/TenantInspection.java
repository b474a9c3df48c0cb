package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.PasswordSecretRef;
import io.vminventory.k8s.TenantResource;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.tenant.PreconditionResult.Satisfied;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Read-only view of one Tenant, judged as the reconciler does. The Tenant is read once, the objects
 * that it names each time anew; nothing is written. Methods throw what the Kubernetes client
 * throws.
 */
public final class TenantInspection {

  /**
   * Account that can be used now.
   *
   * @param tenant with the password that its Secret holds
   * @param provider the provider of its server
   */
  public record Account(Tenant tenant, InventoryProvider provider) {}

  private final TenantResource resource;
  private final TenantPreconditions preconditions;

  private TenantInspection(TenantResource resource, TenantPreconditions preconditions) {
    this.resource = resource;
    this.preconditions = preconditions;
  }

  /** The Tenant as it is now; empty if there is none, or no definition of Tenants. */
  public static Optional<TenantInspection> find(
      KubernetesClient client, Servers servers, TenantId id) {
    TenantResource found =
        client
            .resources(TenantResource.class)
            .inNamespace(id.namespace())
            .withName(id.name())
            .get();
    return Optional.ofNullable(found)
        .map(
            tenant ->
                new TenantInspection(
                    tenant, new TenantPreconditions(servers, new ClusterReader(client))));
  }

  public boolean suspended() {
    return resource.getSpec().suspend();
  }

  public String server() {
    return resource.getSpec().server();
  }

  public String username() {
    return resource.getSpec().username();
  }

  /** The namespace of its records. */
  public String target() {
    return Tenants.target(resource);
  }

  /** Where its password is. */
  public PasswordSecretRef passwordRef() {
    return resource.getSpec().passwordSecretRef();
  }

  /** How many deletions its annotation confirms; zero if none. */
  public int confirmedDeletions() {
    return Tenants.confirmedDeletions(resource);
  }

  /** The problem with its server, user name or interval, and the remedy; empty if there is none. */
  public Optional<InventoryException> specProblem() {
    return preconditions
        .checkServer(resource)
        .or(() -> preconditions.checkUsername(resource))
        .or(() -> preconditions.checkInterval(resource))
        .map(TenantInspection::exception);
  }

  /** Why the target namespace does not accept its records, and the remedy; empty if it does. */
  public Optional<InventoryException> targetProblem() {
    return preconditions.checkNamespace(resource).map(TenantInspection::exception);
  }

  /** Why its password is missing, and the remedy; empty if it is not. */
  public Optional<InventoryException> passwordProblem() {
    return preconditions.checkPassword(resource).map(TenantInspection::exception);
  }

  private static InventoryException exception(Unsatisfied unsatisfied) {
    return new InventoryException(
        Failure.MISCONFIGURED, unsatisfied.problem(), unsatisfied.remedy());
  }

  /**
   * The account, as the operator would use it now if the Tenant were not suspended.
   *
   * @throws InventoryException {@link Failure#MISCONFIGURED} if a precondition is not satisfied;
   *     {@link Failure#DENIED} during the cooldown after the platform refused the account
   */
  public Account account(Instant now) throws InventoryException {
    PreconditionResult result = preconditions.checkUnsuspended(resource);
    Satisfied satisfied =
        result.satisfied().orElseThrow(() -> exception(result.unsatisfied().orElseThrow()));
    Optional<FailedAttempt> refusal =
        LoginCooldown.restore(TenantStatusBuilder.current(resource), satisfied, now);
    if (refusal.isPresent()) {
      throw new InventoryException(
          Failure.DENIED,
          refusal.get().message(),
          "not tried again before %s unless the password changes, because accounts lock"
              .formatted(refusal.get().retryAt().truncatedTo(ChronoUnit.SECONDS)));
    }
    return new Account(satisfied.tenant(), satisfied.provider());
  }
}
