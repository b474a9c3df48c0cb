package io.vminventory.benchmark;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.VmResource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The Kubernetes cluster that is measured against, with an administrator's rights. */
final class Cluster implements AutoCloseable {

  private static final Pattern WRITES =
      Pattern.compile(
          "(?m)^apiserver_request_total\\{(?=[^}]*group=\"vminventory.io\")"
              + "(?=[^}]*verb=\"(?:POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION)\")[^}]*} (\\d+)");

  private final Path kubeconfig;
  private final KubernetesClient client;

  Cluster(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
    this.client = open();
    for (String definition : CustomResourceDefinitions.all()) {
      client
          .load(new ByteArrayInputStream(definition.getBytes(StandardCharsets.UTF_8)))
          .serverSideApply();
    }
  }

  /** Another client of the same cluster, which its user closes. */
  KubernetesClient open() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(kubeconfig.toFile()))
        .build();
  }

  KubernetesClient client() {
    return client;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /** A namespace with a Tenant called {@code bench} whose records are in it, too. */
  void register(String namespace, String username, String password) {
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("pass")
                .withNamespace(namespace)
                .endMetadata()
                .addToStringData("password", password)
                .build())
        .create();
    client
        .resource(
            client
                .getKubernetesSerialization()
                .unmarshal(
                    """
                    apiVersion: vminventory.io/v1
                    kind: Tenant
                    metadata: {name: bench, namespace: %s}
                    spec: {username: '%s', passwordSecretRef: {name: pass}}
                    """
                        .formatted(namespace, username),
                    TenantResource.class))
        .create();
  }

  /** How many records there are in all namespaces. */
  int records() {
    return client.resources(VmResource.class).inAnyNamespace().list().getItems().size();
  }

  /** How many Tenants say that their records are up to date. */
  long ready() {
    return tenants().stream()
        .filter(
            tenant ->
                tenant.getStatus() != null
                    && tenant.getStatus().condition("Ready").filter(Condition::holds).isPresent())
        .count();
  }

  private List<TenantResource> tenants() {
    return client.resources(TenantResource.class).inAnyNamespace().list().getItems();
  }

  /** How many requests have written Tenants or records so far, as the API server counts. */
  int writes() {
    return WRITES
        .matcher(Objects.requireNonNullElse(client.raw("/metrics"), ""))
        .results()
        .mapToInt(match -> Integer.parseInt(match.group(1)))
        .sum();
  }

  @Override
  public void close() {
    client.close();
  }
}
