package io.vminventory.benchmark;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.StatusDetails;
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
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Kubernetes cluster that the benchmarks write to, with administrator permissions. */
final class Cluster implements AutoCloseable {

  private static final Pattern WRITE_REQUESTS =
      Pattern.compile(
          "(?m)^apiserver_request_total\\{(?=[^}]*group=\"vminventory.io\")"
              + "(?=[^}]*verb=\"(?:POST|PUT|PATCH|APPLY|DELETE|DELETECOLLECTION)\")[^}]*} (\\d+)");

  private final Path kubeconfig;
  private final KubernetesClient client;

  Cluster(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
    this.client = newClient();
    for (String definition : CustomResourceDefinitions.all()) {
      client
          .load(new ByteArrayInputStream(definition.getBytes(StandardCharsets.UTF_8)))
          .serverSideApply();
    }
  }

  /** A new client of the cluster; the caller closes it. */
  KubernetesClient newClient() {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  /** A new client whose requests are recorded; the caller closes it. */
  KubernetesClient newClient(WriteRecorder recorder) {
    return new KubernetesClientBuilder()
        .withConfig(config())
        .withHttpClientBuilderConsumer(
            builder -> builder.addOrReplaceInterceptor("writes", recorder))
        .build();
  }

  /**
   * As the operator configures it: with a client certificate, no token is looked up per request.
   */
  private Config config() {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    if (config.getClientCertData() != null && config.getAutoOAuthToken() == null) {
      config.setOauthTokenProvider(() -> "");
    }
    return config;
  }

  KubernetesClient client() {
    return client;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /**
   * Creates a namespace and in it a Tenant {@code bench} with its records. Waits first while a
   * namespace of that name is terminating.
   */
  void createTenant(String namespace, String username, String password)
      throws InterruptedException {
    while (isTerminating(client.namespaces().withName(namespace).get())) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .serverSideApply();
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("pass")
                .withNamespace(namespace)
                .endMetadata()
                .addToStringData("password", password)
                .build())
        .serverSideApply();
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
        .serverSideApply();
  }

  private static boolean isTerminating(@Nullable Namespace namespace) {
    return namespace != null && namespace.isMarkedForDeletion();
  }

  /** The number of records in all namespaces. */
  int countRecords() {
    var page =
        client
            .resources(VmResource.class)
            .inAnyNamespace()
            .list(new ListOptionsBuilder().withLimit(1L).build());
    Long remaining = page.getMetadata().getRemainingItemCount();
    return page.getItems().size() + (remaining == null ? 0 : remaining.intValue());
  }

  /** The number of Tenants that are ready. */
  long readyTenants() {
    return tenants().stream()
        .filter(
            tenant ->
                tenant.getStatus() != null
                    && tenant.getStatus().condition("Ready").filter(Condition::holds).isPresent())
        .count();
  }

  /** Waits until this many Tenants are ready. */
  void awaitReady(long count) throws InterruptedException {
    while (readyTenants() < count) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Deletes the Tenant of {@link #createTenant}, and waits until its finalizer is removed. */
  void deleteTenant(String namespace) throws InterruptedException {
    var tenant = client.resources(TenantResource.class).inNamespace(namespace).withName("bench");
    List<StatusDetails> unused = tenant.delete();
    while (tenant.get() != null) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private List<TenantResource> tenants() {
    return client.resources(TenantResource.class).inAnyNamespace().list().getItems();
  }

  /**
   * The number of requests so far that wrote Tenants or records, from the API server's metrics;
   * empty if it has none, as the embedded one.
   */
  OptionalInt countWrites() {
    String metrics = client.raw("/metrics");
    return metrics == null
        ? OptionalInt.empty()
        : OptionalInt.of(
            WRITE_REQUESTS
                .matcher(metrics)
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .sum());
  }

  @Override
  public void close() {
    client.close();
  }
}
