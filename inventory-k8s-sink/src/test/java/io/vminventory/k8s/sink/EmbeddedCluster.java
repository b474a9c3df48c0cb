package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.TestApiServer;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;

/** The testkit's API server, and a client that retries once. */
final class EmbeddedCluster implements TestApiServer {

  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();

  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(
              new ConfigBuilder(Config.empty())
                  .withMasterUrl(kubernetes.url())
                  .withRequestRetryBackoffLimit(1)
                  .withRequestRetryBackoffInterval(1)
                  .build())
          .build();

  EmbeddedCluster() {
    CustomResourceDefinitions.all().forEach(kubernetes::install);
  }

  EmbeddedKubernetes kubernetes() {
    return kubernetes;
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String newNamespace() {
    kubernetes.createNamespace("test-tenant");
    return "test-tenant";
  }

  @Override
  public long writesOfVms() {
    return kubernetes.requests().writes("vms");
  }

  @Override
  public long listsOfVms() {
    return kubernetes.requests().of("list", "vms");
  }

  @Override
  public void close() {
    client.close();
    kubernetes.close();
  }
}
