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
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  /** The same, with all that it sends being written down. */
  KubernetesClient open(WriteRecorder recorder) {
    return new KubernetesClientBuilder()
        .withConfig(config())
        .withHttpClientBuilderConsumer(
            builder -> builder.addOrReplaceInterceptor("writes", recorder))
        .build();
  }

  /** As the operator has it: who has a certificate looks for no token before each request. */
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
   * A namespace with a Tenant called {@code bench} whose records are in it, too. Waits until one of
   * that name that an earlier run has deleted is gone.
   */
  void register(String namespace, String username, String password) throws InterruptedException {
    while (isEnding(client.namespaces().withName(namespace).get())) {
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

  private static boolean isEnding(@Nullable Namespace namespace) {
    return namespace != null && namespace.isMarkedForDeletion();
  }

  /** How many records there are in all namespaces. */
  int records() {
    var page =
        client
            .resources(VmResource.class)
            .inAnyNamespace()
            .list(new ListOptionsBuilder().withLimit(1L).build());
    Long further = page.getMetadata().getRemainingItemCount();
    return page.getItems().size() + (further == null ? 0 : further.intValue());
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

  /** Waits until so many Tenants are up to date. */
  void awaitReady(long count) throws InterruptedException {
    while (ready() < count) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  /** Deletes the Tenant of {@link #register}, and waits until the operator has let it go. */
  void remove(String namespace) throws InterruptedException {
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
   * How many requests have written Tenants or records so far, as the API server counts; empty if it
   * does not, such as the embedded one.
   */
  OptionalInt writes() {
    String metrics = client.raw("/metrics");
    return metrics == null
        ? OptionalInt.empty()
        : OptionalInt.of(
            WRITES
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
