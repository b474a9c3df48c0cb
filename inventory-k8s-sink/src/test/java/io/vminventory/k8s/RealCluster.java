package io.vminventory.k8s;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** The API server that the environment names, with the definitions installed. */
public final class RealCluster implements AutoCloseable {

  /** The variable that names an administrator's kubeconfig. */
  public static final String KUBECONFIG = "VMINVENTORY_IT_KUBECONFIG";

  private final KubernetesClient client;

  public RealCluster() {
    Config config = Config.fromKubeconfig(new File(System.getenv(KUBECONFIG)));
    client = new KubernetesClientBuilder().withConfig(config).build();
    for (String yaml : CustomResourceDefinitions.all()) {
      CustomResourceDefinition crd =
          client.getKubernetesSerialization().unmarshal(yaml, CustomResourceDefinition.class);
      client.resource(crd).forceConflicts().serverSideApply();
      client
          .resource(crd)
          .waitUntilCondition(
              found ->
                  found != null
                      && found.getStatus() != null
                      && found.getStatus().getConditions().stream()
                          .anyMatch(
                              condition ->
                                  condition.getType().equals("Established")
                                      && condition.getStatus().equals("True")),
              30,
              TimeUnit.SECONDS);
    }
  }

  public KubernetesClient client() {
    return client;
  }

  /** A namespace that nobody else uses. */
  public String newNamespace() {
    String name = "it-" + UUID.randomUUID();
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    return name;
  }

  @Override
  public void close() {
    client.close();
  }
}
