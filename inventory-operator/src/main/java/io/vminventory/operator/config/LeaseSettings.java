package io.vminventory.operator.config;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the Lease for leader election.
 *
 * @param namespace empty for the namespace that the process runs in, or that kubectl would use
 * @param name the name of the Lease, the same for all replicas
 */
public record LeaseSettings(Optional<String> namespace, String name) {

  /** The namespace that kubectl uses without configuration. */
  private static final String DEFAULT_NAMESPACE = "default";

  /**
   * The namespace of the Lease.
   *
   * @param ofClient the namespace of the pod or of the kubeconfig; null if neither names one
   */
  public String namespaceOr(@Nullable String ofClient) {
    return namespace.orElseGet(() -> Objects.requireNonNullElse(ofClient, DEFAULT_NAMESPACE));
  }
}
