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
import io.vminventory.operator.tenant.Admission.Admitted;
import io.vminventory.operator.tenant.Admission.Cause;
import io.vminventory.operator.tenant.Admission.Refused;
import io.vminventory.operator.tenant.Admission.Suspended;
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
final class Gate {

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
  enum Need {
    SERVER,
    USERNAME,
    INTERVAL,
    NAMESPACE,
    PASSWORD
  }

  /** A password as its Secret holds it, or why there is none. */
  private record Password(Optional<Refused> missing, String encoded, String version) {

    static Password missing(Cause cause, String message) {
      return new Password(Optional.of(new Refused(cause, message)), "", "");
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  /** In this order; a Secret is read only if nothing else stands in the way. */
  private static final List<Need> BEFORE_THE_PASSWORD =
      List.of(Need.SERVER, Need.USERNAME, Need.INTERVAL, Need.NAMESPACE);

  private static final Pattern SECRET_NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]*[a-z0-9])?");

  private final Servers servers;
  private final Cluster cluster;

  Gate(Servers servers, Cluster cluster) {
    this.servers = servers;
    this.cluster = cluster;
  }

  /**
   * The decision, as of now.
   *
   * @throws KubernetesClientException if the API server does not answer what it depends on
   */
  Admission admit(TenantResource resource) {
    return resource.getSpec().suspend() ? new Suspended() : admitActive(resource);
  }

  /** As if it was not suspended. */
  Admission admitActive(TenantResource resource) {
    for (Need need : BEFORE_THE_PASSWORD) {
      Optional<Refused> refused = refusal(resource, need);
      if (refused.isPresent()) {
        return refused.get();
      }
    }
    return admitted(resource, server(resource).orElseThrow());
  }

  /** What this one need has against the Tenant, whatever becomes of the others. */
  Optional<Refused> refusal(TenantResource resource, Need need) {
    TenantSpec spec = resource.getSpec();
    return switch (need) {
      case SERVER ->
          refusedIf(
              server(resource).isEmpty(),
              Cause.ServerNotConfigured,
              "server '%s' of provider '%s' is not configured; there are: %s"
                  .formatted(spec.server(), spec.provider(), servers));
      case USERNAME ->
          refusedIf(
              spec.username().isBlank(),
              Cause.UsernameMissing,
              "spec.username is blank; name the account");
      case INTERVAL ->
          refusedIf(
              spec.interval() != null && spec.readInterval().isEmpty(),
              Cause.IntervalInvalid,
              "interval '%s' is not a time; write for example 30s, 10m or 1h30m"
                  .formatted(spec.interval()));
      case NAMESPACE -> closed(Tenants.id(resource), Tenants.target(resource));
      case PASSWORD -> password(resource).missing();
    };
  }

  private static Optional<Refused> refusedIf(boolean refused, Cause cause, String message) {
    return refused ? Optional.of(new Refused(cause, message)) : Optional.empty();
  }

  private Optional<Servers.Server> server(TenantResource resource) {
    TenantSpec spec = resource.getSpec();
    return servers.find(spec.server()).filter(s -> s.providerName().equals(spec.provider()));
  }

  private Optional<Refused> closed(TenantId id, String target) {
    Optional<Namespace> namespace;
    try {
      namespace = cluster.namespace(target);
    } catch (KubernetesClientException e) {
      if (e.getCode() != FORBIDDEN) {
        throw e;
      }
      return Optional.of(
          new Refused(
              Cause.NamespaceForbidden,
              ("the operator may not look at namespace '%s'; whoever installed it adds it to those"
                      + " that records may go to (targetNamespaces of the Helm chart)")
                  .formatted(target)));
    }
    if (namespace.isEmpty()) {
      return Optional.of(
          new Refused(
              Cause.NamespaceNotFound,
              "namespace '%s' does not exist; create it".formatted(target)));
    }
    if (namespace.get().isMarkedForDeletion()) {
      return Optional.of(
          new Refused(
              Cause.NamespaceTerminating, "namespace '%s' is being deleted".formatted(target)));
    }
    if (!target.equals(id.namespace()) && !consents(namespace.get(), id.namespace())) {
      return Optional.of(
          new Refused(
              Cause.NamespaceNotAllowed,
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

  private Admission admitted(TenantResource resource, Servers.Server server) {
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
    return new Admitted(tenant, server.provider(), password.version());
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
          Cause.SecretNotFound,
          ("Secret '%s' does not exist in namespace '%s'; create it with the password under key"
                  + " '%s'")
              .formatted(name, namespace, key));
    }
    String encoded =
        Objects.requireNonNullElse(secret.get().getData(), Map.<String, String>of()).get(key);
    if (encoded == null || encoded.isEmpty()) {
      return Password.missing(
          Cause.SecretKeyNotFound,
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
