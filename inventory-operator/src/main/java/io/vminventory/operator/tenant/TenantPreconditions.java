package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Tenant;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.TenantSpec;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.tenant.PreconditionResult.Satisfied;
import io.vminventory.operator.tenant.PreconditionResult.Suspended;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Preconditions of mirroring a Tenant. Each check reads the Namespace and the Secret anew, so that
 * a withdrawn consent and a changed password count at once. All methods throw {@link
 * KubernetesClientException} if the API server does not return what the result depends on.
 */
final class TenantPreconditions {

  /**
   * The objects of the cluster that a check reads. Both throw {@link KubernetesClientException}.
   */
  interface Cluster {
    Optional<Namespace> namespace(String name);

    Optional<Secret> secret(String namespace, String name);
  }

  private static final int FORBIDDEN = 403;

  private final Servers servers;
  private final Cluster cluster;

  TenantPreconditions(Servers servers, Cluster cluster) {
    this.servers = servers;
    this.cluster = cluster;
  }

  /** The first precondition that is not satisfied decides. */
  PreconditionResult check(TenantResource resource) {
    return resource.getSpec().suspend() ? new Suspended() : checkUnsuspended(resource);
  }

  /** As {@link #check} if the Tenant were not suspended. */
  PreconditionResult checkUnsuspended(TenantResource resource) {
    Optional<Unsatisfied> unsatisfied =
        checkServer(resource)
            .or(() -> checkUsername(resource))
            .or(() -> checkInterval(resource))
            .or(() -> checkNamespace(resource));
    if (unsatisfied.isPresent()) {
      return unsatisfied.get();
    }
    // A Secret is read only if nothing else is missing.
    PasswordSecret password = PasswordSecret.read(resource, cluster);
    if (password.missing().isPresent()) {
      return password.missing().get();
    }
    Tenant tenant =
        new Tenant(
            Tenants.id(resource),
            resource.getSpec().username(),
            password.decode(),
            Tenants.target(resource));
    Servers.Server server = servers.find(resource.getSpec().server()).orElseThrow();
    return new Satisfied(tenant, server.provider(), password.version());
  }

  /** The server's name decides the provider; a provider in the spec has to agree. */
  Optional<Unsatisfied> checkServer(TenantResource resource) {
    TenantSpec spec = resource.getSpec();
    Optional<Servers.Server> server = servers.find(spec.server());
    if (server.isEmpty()) {
      return unsatisfied(
          Reason.ServerNotConfigured,
          "server '%s' is not configured".formatted(spec.server()),
          "set spec.server to one of: " + servers);
    }
    String actual = server.get().providerName();
    return spec.provider() == null || spec.provider().equals(actual)
        ? Optional.empty()
        : unsatisfied(
            Reason.ServerNotConfigured,
            "server '%s' is of provider '%s', but spec.provider is '%s'"
                .formatted(spec.server(), actual, spec.provider()),
            "remove spec.provider, or set it to '%s'".formatted(actual));
  }

  Optional<Unsatisfied> checkUsername(TenantResource resource) {
    return resource.getSpec().username().isBlank()
        ? unsatisfied(Reason.UsernameMissing, "spec.username is blank", "name the account")
        : Optional.empty();
  }

  Optional<Unsatisfied> checkInterval(TenantResource resource) {
    TenantSpec spec = resource.getSpec();
    return spec.interval() != null && spec.readInterval().isEmpty()
        ? unsatisfied(
            Reason.IntervalInvalid,
            "interval '%s' is not a duration".formatted(spec.interval()),
            "write for example 30s, 10m or 1h30m")
        : Optional.empty();
  }

  /** The target namespace exists and, unless it is the Tenant's own, accepts its records. */
  Optional<Unsatisfied> checkNamespace(TenantResource resource) {
    String own = resource.getMetadata().getNamespace();
    String target = Tenants.target(resource);
    Optional<Namespace> namespace;
    try {
      namespace = cluster.namespace(target);
    } catch (KubernetesClientException e) {
      if (e.getCode() != FORBIDDEN) {
        throw e;
      }
      return unsatisfied(
          Reason.NamespaceForbidden,
          "the operator has no right to read namespace '%s'".formatted(target),
          "ask its administrator to add the namespace to targetNamespaces of the Helm chart");
    }
    if (namespace.isEmpty()) {
      return unsatisfied(
          Reason.NamespaceNotFound, "namespace '%s' does not exist".formatted(target), "create it");
    }
    if (namespace.get().isMarkedForDeletion()) {
      return unsatisfied(
          Reason.NamespaceTerminating,
          "namespace '%s' is being deleted".formatted(target),
          "create it again afterwards");
    }
    if (!target.equals(own) && !consents(namespace.get(), own)) {
      return unsatisfied(
          Reason.NamespaceNotAllowed,
          "namespace '%s' does not accept records of Tenants in namespace '%s'"
              .formatted(target, own),
          "its owner allows that with: kubectl annotate namespace %s %s=%s"
              .formatted(target, Names.ALLOW_TENANTS_FROM_ANNOTATION, own));
    }
    return Optional.empty();
  }

  private static boolean consents(Namespace namespace, String tenantNamespace) {
    Map<String, String> annotations =
        Objects.requireNonNullElse(namespace.getMetadata().getAnnotations(), Map.of());
    return Arrays.stream(
            annotations.getOrDefault(Names.ALLOW_TENANTS_FROM_ANNOTATION, "").split(","))
        .map(String::strip)
        .anyMatch(allowed -> allowed.equals("*") || allowed.equals(tenantNamespace));
  }

  /** The Secret exists and has a password under the key. */
  Optional<Unsatisfied> checkPassword(TenantResource resource) {
    return PasswordSecret.read(resource, cluster).missing();
  }

  private static Optional<Unsatisfied> unsatisfied(Reason reason, String problem, String remedy) {
    return Optional.of(new Unsatisfied(reason, problem, remedy));
  }
}
