package io.vminventory.operator.tenant;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.vminventory.k8s.PasswordSecretRef;
import io.vminventory.k8s.TenantResource;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Password of a Tenant as its Secret holds it, or the reason why there is none.
 *
 * @param missing empty if there is a password
 * @param encoded the password in base64; empty if it is missing
 * @param version the resource version of the Secret
 */
record PasswordSecret(Optional<Unsatisfied> missing, String encoded, String version) {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-.a-z0-9]*[a-z0-9])?");

  /** Reads the Secret in the Tenant's own namespace. Throws what the cluster throws. */
  static PasswordSecret read(TenantResource resource, TenantPreconditions.Cluster cluster) {
    PasswordSecretRef reference = resource.getSpec().passwordSecretRef();
    String namespace = resource.getMetadata().getNamespace();
    String name = Objects.requireNonNullElse(reference.name(), "");
    String key = reference.key();
    // Names are parts of paths: any other could lead out of the Tenant's namespace.
    Optional<Secret> secret =
        NAME.matcher(name).matches() ? cluster.secret(namespace, name) : Optional.empty();
    if (secret.isEmpty()) {
      return missing(
          Reason.SecretNotFound,
          "Secret '%s' does not exist in namespace '%s'".formatted(name, namespace),
          "create it with the password under key '%s'".formatted(key));
    }
    String encoded =
        Objects.requireNonNullElse(secret.get().getData(), Map.<String, String>of()).get(key);
    if (encoded == null || encoded.isEmpty()) {
      return missing(
          Reason.SecretKeyNotFound,
          "Secret '%s' in namespace '%s' has no value under key '%s'"
              .formatted(name, namespace, key),
          "add it, or correct spec.passwordSecretRef.key");
    }
    return new PasswordSecret(Optional.empty(), encoded, version(secret.get()));
  }

  private static PasswordSecret missing(Reason reason, String problem, String remedy) {
    return new PasswordSecret(Optional.of(new Unsatisfied(reason, problem, remedy)), "", "");
  }

  private static String version(Secret secret) {
    return Optional.ofNullable(secret.getMetadata())
        .map(ObjectMeta::getResourceVersion)
        .orElse("unknown");
  }

  /** The password, without a line break at its end, which an editor or {@code echo} adds. */
  io.vminventory.api.Secret decode() {
    String text = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    return io.vminventory.api.Secret.of(text.replaceFirst("\\R$", ""));
  }

  @Override
  public String toString() {
    return "***";
  }
}
