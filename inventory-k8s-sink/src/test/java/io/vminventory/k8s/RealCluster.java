package io.vminventory.k8s;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.File;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** API server named by the environment, with the definitions installed. */
public final class RealCluster implements TestApiServer {

  /** Environment variable with the path of an administrator's kubeconfig. */
  public static final String KUBECONFIG = "VMINVENTORY_IT_KUBECONFIG";

  private static final Pattern WRITE = Pattern.compile("verb=\"(POST|PUT|PATCH|APPLY|DELETE)\"");

  private static final Pattern REQUESTS =
      Pattern.compile("(?m)^apiserver_request_total\\{(.*)} (\\d+)$");

  private final KubernetesClient client;
  private final AtomicLong lists = new AtomicLong();
  private final List<String> namespaces = new ArrayList<>();

  private final class ListCounter implements Interceptor {

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
      URI uri = request.uri();
      boolean watch = String.valueOf(uri.getQuery()).contains("watch=true");
      if (request.method().equals("GET") && uri.getPath().endsWith("/vms") && !watch) {
        lists.incrementAndGet();
      }
    }
  }

  public RealCluster() {
    Config config = Config.fromKubeconfig(new File(System.getenv(KUBECONFIG)));
    client =
        new KubernetesClientBuilder()
            .withConfig(config)
            .withHttpClientBuilderConsumer(
                builder -> builder.addOrReplaceInterceptor("lists", new ListCounter()))
            .build();
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
                      && found.getStatus().getConditions() != null
                      && found.getStatus().getConditions().stream()
                          .anyMatch(
                              condition ->
                                  condition.getType().equals("Established")
                                      && condition.getStatus().equals("True")),
              30,
              TimeUnit.SECONDS);
    }
  }

  @Override
  public KubernetesClient client() {
    return client;
  }

  @Override
  public String newNamespace() {
    String name = "it-" + UUID.randomUUID();
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    namespaces.add(name);
    return name;
  }

  private void deleteNamespace(String name) {
    Namespace namespace = client.namespaces().withName(name).get();
    if (namespace != null && namespace.getMetadata().getDeletionTimestamp() == null) {
      client.resource(namespace).delete();
    }
  }

  /**
   * From the API server's own metrics. Deletions of collections are left out: the namespace
   * controller makes them at unpredictable times.
   */
  @Override
  public long writesOfVms() {
    return count(
        labels ->
            labels.contains("resource=\"vms\",scope=\"resource\"") && WRITE.matcher(labels).find());
  }

  /** Counted in the client, because controllers of the cluster list records, too. */
  @Override
  public long listsOfVms() {
    return lists.get();
  }

  private long count(Predicate<String> labels) {
    return REQUESTS
        .matcher(client.raw("/metrics"))
        .results()
        .filter(match -> labels.test(match.group(1)))
        .mapToLong(match -> Long.parseLong(match.group(2)))
        .sum();
  }

  @Override
  public void close() {
    namespaces.forEach(this::deleteNamespace);
    client.close();
  }
}
