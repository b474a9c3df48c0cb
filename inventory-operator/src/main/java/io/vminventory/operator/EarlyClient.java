package io.vminventory.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.InventoryException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The operator's Kubernetes client, made beside what else a start does: no other part takes longer
 * to load.
 */
final class EarlyClient {

  private final FutureTask<KubernetesClient> making =
      new FutureTask<>(() -> new ApiClients().create(ClientConfig.find()));

  private EarlyClient() {}

  static EarlyClient begin() {
    EarlyClient early = new EarlyClient();
    Thread thread = new Thread(early.making, "kubernetes-client");
    thread.setDaemon(true);
    thread.start();
    return early;
  }

  /**
   * Waits until it is made.
   *
   * @throws InventoryException see {@link ClientConfig#find()}
   */
  KubernetesClient await() throws InventoryException, InterruptedException {
    try {
      return making.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InventoryException known) {
        throw known;
      }
      throw new IllegalStateException("the Kubernetes client cannot be made", e.getCause());
    }
  }
}
