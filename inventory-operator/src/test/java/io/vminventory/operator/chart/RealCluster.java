package io.vminventory.operator.chart;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.vminventory.testkit.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Real API server named by an environment variable, accessed with administrator's rights. */
final class RealCluster implements AutoCloseable {

  static final String KUBECONFIG = "VMINVENTORY_IT_KUBECONFIG";

  private static final Duration TIMEOUT = Duration.ofSeconds(45);

  private final Path kubeconfig = Path.of(System.getenv().getOrDefault(KUBECONFIG, ""));
  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig.toFile())).build();

  KubernetesClient client() {
    return client;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  List<Resource<CustomResourceDefinition>> definitions() {
    return Stream.of("tenants", "vms")
        .map(plural -> plural + ".vminventory.io")
        .map(name -> client.apiextensions().v1().customResourceDefinitions().withName(name))
        .toList();
  }

  /**
   * Waits until objects of the definitions can be listed. A definition that is deleted before may
   * stay for minutes: the API server fails to list the objects it has to delete ("storage is
   * (re)initializing"), and retries only at its next resync.
   */
  void awaitServed() {
    for (Resource<CustomResourceDefinition> definition : definitions()) {
      Eventually.within(TIMEOUT).until(() -> isGoneOrListed(definition.get()));
    }
  }

  private boolean isGoneOrListed(CustomResourceDefinition definition) {
    if (definition == null) {
      return true;
    }
    try {
      client
          .genericKubernetesResources(CustomResourceDefinitionContext.fromCrd(definition))
          .inAnyNamespace()
          .list();
      return true;
    } catch (KubernetesClientException notYet) {
      return false;
    }
  }

  /** Removes the objects of other tests, since Helm does not adopt objects of others. */
  void empty() {
    awaitServed();
    Chart.render(Chart.values("plain"))
        .forEach(manifest -> client.resource(manifest.object()).delete());
    for (Resource<CustomResourceDefinition> definition : definitions()) {
      definition.delete();
      Eventually.within(TIMEOUT).until(() -> definition.get() == null);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
