package io.vminventory.operator.config;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Lease by which one of several processes is chosen.
 *
 * @param namespace empty for the namespace that the process runs in, or that kubectl would use
 * @param name the same for all processes that do the same work
 */
public record LeaseSettings(Optional<String> namespace, String name) {

  /** Where kubectl looks if it is told of no namespace. */
  private static final String KUBECTL_NAMESPACE = "default";

  /**
   * Where the Lease is.
   *
   * @param ofClient the namespace of the pod or of the kubeconfig; null if neither names one
   */
  public String namespaceOr(@Nullable String ofClient) {
    return namespace.orElseGet(() -> Objects.requireNonNullElse(ofClient, KUBECTL_NAMESPACE));
  }
}
