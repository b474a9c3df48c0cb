package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.TenantSpec;
import io.vminventory.operator.config.Servers;
import io.vminventory.operator.tenant.PreconditionResult.Reason;
import io.vminventory.operator.tenant.PreconditionResult.Satisfied;
import io.vminventory.operator.tenant.PreconditionResult.Suspended;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides whether a Tenant is admitted. It reads the two objects that it needs by name, each time
 * anew, so that consent that was withdrawn and a password that was changed count at once.
 */
final class TenantPreconditions {

  /**
   * The objects of the cluster that a decision may need. Both throw {@link
   * KubernetesClientException} if they cannot be read.
   */
  interface Cluster {
    Optional<Namespace> namespace(String name);

    Optional<Secret> secret(String namespace, String name);
  }

  private static final int FORBIDDEN = 403;

  /** What a Tenant needs. */
  enum Precondition {
    SERVER,
    USERNAME,
    INTERVAL,
    NAMESPACE,
    PASSWORD
  }

  /** A password as its Secret holds it, or why there is none. */
  private record Password(Optional<Unsatisfied> missing, String encoded, String version) {

    static Password missing(Reason cause, String message) {
      return new Password(Optional.of(new Unsatisfied(cause, message)), "", "");
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  /** In this order; a Secret is read only if nothing else stands in the way. */
  private static final List<Precondition> BEFORE_THE_PASSWORD =
      List.of(
          Precondition.SERVER,
          Precondition.USERNAME,
          Precondition.INTERVAL,
          Precondition.NAMESPACE);

  private static final Pattern SECRET_NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]*[a-z0-9])?");

  private final Servers servers;
  private final Cluster cluster;

  TenantPreconditions(Servers servers, Cluster cluster) {
    this.servers = servers;
    this.cluster = cluster;
  }

  /**
   * The decision, as of now.
   *
   * @throws KubernetesClientException if the API server does not answer what it depends on
   */
  PreconditionResult admit(TenantResource resource) {
    return resource.getSpec().suspend() ? new Suspended() : admitActive(resource);
  }

  /** As if it was not suspended. */
  PreconditionResult admitActive(TenantResource resource) {
    for (Precondition need : BEFORE_THE_PASSWORD) {
      Optional<Unsatisfied> refused = refusal(resource, need);
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    return admitted(resource, server(resource).orElseThrow());
  }

  /** What this one need has against the Tenant, whatever becomes of the others. */
  Optional<Unsatisfied> refusal(TenantResource resource, Precondition need) {
    TenantSpec spec = resource.getSpec();
    return switch (need) {
      case SERVER ->
          refusedIf(
              server(resource).isEmpty(),
              Reason.ServerNotConfigured,
              "server '%s' of provider '%s' is not configured; there are: %s"
                  .formatted(spec.server(), spec.provider(), servers));
      case USERNAME ->
          refusedIf(
              spec.username().isBlank(),
              Reason.UsernameMissing,
              "spec.username is blank; name the account");
      case INTERVAL ->
          refusedIf(
              spec.interval() != null && spec.readInterval().isEmpty(),
              Reason.IntervalInvalid,
              "interval '%s' is not a time; write for example 30s, 10m or 1h30m"
                  .formatted(spec.interval()));
      case NAMESPACE -> closed(Tenants.id(resource), Tenants.target(resource));
      case PASSWORD -> password(resource).missing();
    };
  }

  private static Optional<Unsatisfied> refusedIf(boolean refused, Reason cause, String message) {
    return refused ? Optional.of(new Unsatisfied(cause, message)) : Optional.empty();
  }

  private Optional<Servers.Server> server(TenantResource resource) {
    TenantSpec spec = resource.getSpec();
    return servers.find(spec.server()).filter(s -> s.providerName().equals(spec.provider()));
  }

  private Optional<Unsatisfied> closed(TenantId id, String target) {
    Optional<Namespace> namespace;
    try {
      namespace = cluster.namespace(target);
    } catch (KubernetesClientException e) {
      if (e.getCode() != FORBIDDEN) {
        throw e;
      }
      return Optional.of(
          new Unsatisfied(
              Reason.NamespaceForbidden,
              ("the operator may not look at namespace '%s'; whoever installed it adds it to those"
                      + " that records may go to (targetNamespaces of the Helm chart)")
                  .formatted(target)));
    }
    if (namespace.isEmpty()) {
      return Optional.of(
          new Unsatisfied(
              Reason.NamespaceNotFound,
              "namespace '%s' does not exist; create it".formatted(target)));
    }
    if (namespace.get().isMarkedForDeletion()) {
      return Optional.of(
          new Unsatisfied(
              Reason.NamespaceTerminating, "namespace '%s' is being deleted".formatted(target)));
    }
    if (!target.equals(id.namespace()) && !consents(namespace.get(), id.namespace())) {
      return Optional.of(
          new Unsatisfied(
              Reason.NamespaceNotAllowed,
              ("namespace '%s' does not take records of Tenants in namespace '%s'; whoever owns it"
                      + " allows that with: kubectl annotate namespace %s %s=%s")
                  .formatted(
                      target,
                      id.namespace(),
                      target,
                      Names.ALLOW_TENANTS_FROM_ANNOTATION,
                      id.namespace())));
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

  private PreconditionResult admitted(TenantResource resource, Servers.Server server) {
    Password password = password(resource);
    if (password.missing().isPresent()) {
      return password.missing().get();
    }
    Tenant tenant =
        new Tenant(
            Tenants.id(resource),
            resource.getSpec().username(),
            decode(password.encoded()),
            Tenants.target(resource));
    return new Satisfied(tenant, server.provider(), password.version());
  }

  private Password password(TenantResource resource) {
    TenantSpec spec = resource.getSpec();
    String namespace = resource.getMetadata().getNamespace();
    String name = Objects.requireNonNullElse(spec.passwordSecretRef().name(), "");
    String key = spec.passwordSecretRef().key();
    // Names are parts of paths: any other could lead out of the Tenant's namespace.
    Optional<Secret> secret =
        SECRET_NAME.matcher(name).matches() ? cluster.secret(namespace, name) : Optional.empty();
    if (secret.isEmpty()) {
      return Password.missing(
          Reason.SecretNotFound,
          ("Secret '%s' does not exist in namespace '%s'; create it with the password under key"
                  + " '%s'")
              .formatted(name, namespace, key));
    }
    String encoded =
        Objects.requireNonNullElse(secret.get().getData(), Map.<String, String>of()).get(key);
    if (encoded == null || encoded.isEmpty()) {
      return Password.missing(
          Reason.SecretKeyNotFound,
          "Secret '%s' in namespace '%s' has no value under key '%s'"
              .formatted(name, namespace, key));
    }
    return new Password(Optional.empty(), encoded, version(secret.get()));
  }

  private static String version(Secret secret) {
    return Optional.ofNullable(secret.getMetadata())
        .map(ObjectMeta::getResourceVersion)
        .orElse("unknown");
  }

  /** A line break at the end comes from an editor or from echo; it is in no password. */
  private static io.vminventory.api.Secret decode(String encoded) {
    String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    return io.vminventory.api.Secret.of(text.replaceFirst("\\R$", ""));
  }
}
