package io.vminventory.operator.cli;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.InventoryException;
import io.vminventory.operator.kube.ClientConfig;

/** Source of the Kubernetes client of a command, which closes it. */
@FunctionalInterface
public interface ClientFactory {

  /**
   * A new client.
   *
   * @throws InventoryException see {@link ClientConfig#find()}
   */
  KubernetesClient create() throws InventoryException;
}
