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
 * One Tenant with the eyes of the reconciler, for whoever only looks. It reads the Tenant once, the
 * objects that the Tenant names each time anew, and writes nothing. Its methods throw what the
 * Kubernetes client throws.
 */
public final class TenantInspection {

  /**
   * An account that may be used now.
   *
   * @param tenant with the password that its Secret holds
   * @param provider the server that the Tenant names
   */
  public record Account(Tenant tenant, InventoryProvider provider) {}

  private final TenantResource resource;
  private final TenantPreconditions gate;

  private TenantInspection(TenantResource resource, TenantPreconditions gate) {
    this.resource = resource;
    this.gate = gate;
  }

  /** The Tenant as it is now; empty if there is none, or if the cluster knows no Tenants. */
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
                    tenant, new TenantPreconditions(servers, new KubernetesCluster(client))));
  }

  public boolean suspended() {
    return resource.getSpec().suspend();
  }

  /** The name of the server that it wants. */
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

  /** What its server, user name or interval has against it, each with the remedy; empty if well. */
  public Optional<String> specTrouble() {
    return refusal(TenantPreconditions.Precondition.SERVER)
        .or(() -> refusal(TenantPreconditions.Precondition.USERNAME))
        .or(() -> refusal(TenantPreconditions.Precondition.INTERVAL));
  }

  /** Why the target namespace does not take its records, and the remedy; empty if it does. */
  public Optional<String> targetTrouble() {
    return refusal(TenantPreconditions.Precondition.NAMESPACE);
  }

  /** Why its password is not there, and the remedy; empty if it is. */
  public Optional<String> passwordTrouble() {
    return refusal(TenantPreconditions.Precondition.PASSWORD);
  }

  private Optional<String> refusal(TenantPreconditions.Precondition need) {
    return gate.refusal(resource, need).map(Unsatisfied::message);
  }

  /**
   * The account, as the operator would use it now if the Tenant was not suspended.
   *
   * @throws InventoryException {@link Failure#MISCONFIGURED} if the Tenant is refused; {@link
   *     Failure#DENIED} if the platform has refused the account to the operator, and it rests
   */
  public Account account(Instant now) throws InventoryException {
    PreconditionResult admission = gate.admitActive(resource);
    if (admission instanceof Unsatisfied refused) {
      throw new InventoryException(Failure.MISCONFIGURED, refused.message());
    }
    Satisfied admitted = (Satisfied) admission;
    Optional<FailedAttempt> rest = LoginRefusals.remembered(Statuses.of(resource), admitted, now);
    if (rest.isPresent()) {
      throw new InventoryException(
          Failure.DENIED,
          "%s; not tried again before %s, or with another password, because accounts lock"
              .formatted(
                  rest.get().message(), rest.get().retryAt().truncatedTo(ChronoUnit.SECONDS)));
    }
    return new Account(admitted.tenant(), admitted.provider());
  }
}
