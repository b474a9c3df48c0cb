package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.testkit.ManualClock;
import io.vminventory.testkit.kubernetes.Machines.Machine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("embedded")
class EmbeddedKubernetesTest {

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T12:00:00Z"));
  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start(0, clock);

  @BeforeEach
  void install() {
    kubernetes.install(Machines.definition());
  }

  @AfterEach
  void close() {
    kubernetes.close();
  }

  private Machine create(String name) {
    return kubernetes.client().resource(Machines.machine("default", name, "ann")).create();
  }

  private HttpResponse<String> get(String path, String accept)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(kubernetes.url() + path))
                .header("Accept", accept)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void deniedAccessAppliesToReviewsAndRequests() {
    kubernetes.access().deny("list", "machines");
    assertThat(allowed("list")).isFalse();
    assertThat(allowed("get")).isTrue();
    assertThatThrownBy(() -> kubernetes.client().resources(Machine.class).list())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));

    kubernetes.access().allowAll();
    assertThat(allowed("list")).isTrue();
    assertThat(kubernetes.client().resources(Machine.class).list().getItems()).isEmpty();
  }

  private boolean allowed(String verb) {
    return kubernetes
        .client()
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withVerb(verb)
                .withResource("machines")
                .endResourceAttributes()
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }

  @Test
  void requestsAreCounted() {
    RequestCounts before = kubernetes.requests();
    Machine created = create("a");
    kubernetes.client().resource(created).updateStatus();
    kubernetes.client().resources(Machine.class).list();
    RequestCounts counts = kubernetes.requests().since(before);

    assertThat(counts.of("create", "machines")).isEqualTo(1);
    assertThat(counts.of("update", "machines/status")).isEqualTo(1);
    assertThat(counts.writes("machines")).isEqualTo(2);
    assertThat(counts.reads("machines")).isEqualTo(1);
  }

  @Test
  void faultsApplyToMatchingRequestsOnly() {
    kubernetes.faults().inject(Fault.status(500).verb("create").resource("machines").name("b"));
    create("a");
    KubernetesClient withoutRetry =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl(kubernetes.url())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    try (withoutRetry) {
      Machine b = Machines.machine("default", "b", "ann");
      assertThatThrownBy(() -> withoutRetry.resource(b).create())
          .isInstanceOfSatisfying(
              KubernetesClientException.class,
              thrown -> assertThat(thrown.getCode()).isEqualTo(500));
      assertThat(kubernetes.faults().remaining()).isZero();
      assertThat(withoutRetry.resource(b).create()).isNotNull();
    }
  }

  @Test
  void clientRetriesInjectedFaults() {
    kubernetes.faults().inject(Fault.status(503).verb("create").resource("machines").times(2));
    create("a");

    assertThat(kubernetes.requests().of("create", "machines")).isEqualTo(3);
  }

  @Test
  void faultsCanSetRetryAfter() throws Exception {
    kubernetes
        .faults()
        .inject(
            Fault.status(429).retryAfter(Duration.ofSeconds(7)).verb("list").resource("machines"));
    HttpResponse<String> response = get("/apis/example.com/v1/machines", "application/json");

    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.headers().firstValue("Retry-After")).contains("7");
    assertThat(response.body()).contains("\"reason\":\"TooManyRequests\"");
  }

  @Test
  void responsesCanBeDelayed() {
    Duration delay = Duration.ofMillis(300);
    kubernetes.faults().inject(Fault.delay(delay).verb("list").resource("machines"));
    long start = System.nanoTime();
    kubernetes.client().resources(Machine.class).list();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
  }

  @Test
  void clearedFaultsDoNotApply() {
    kubernetes.faults().inject(Fault.status(409).times(5));
    kubernetes.faults().clear();

    assertThat(create("a")).isNotNull();
  }

  @Test
  void tablesComputeTheAgeFromTheServersClock() throws Exception {
    create("a");
    clock.advance(Duration.ofSeconds(47));
    String table =
        get("/apis/example.com/v1/machines", "application/json;as=Table;v=v1;g=meta.k8s.io").body();

    assertThat(table).contains("\"cells\":[\"a\",null,2048,null,true,null,\"47s\",null]");
  }

  @Test
  void healthAndVersionAreServed() throws Exception {
    for (String path : List.of("/livez", "/readyz", "/healthz")) {
      assertThat(get(path, "*/*").body()).isEqualTo("ok");
    }
    assertThat(kubernetes.client().getKubernetesVersion().getMajor()).isEqualTo("1");
    assertThat(get("/nothing", "*/*").statusCode()).isEqualTo(404);
  }

  @Test
  void watchOverPlainHttpStartsAtAVersion() throws Exception {
    String version = create("a").getMetadata().getResourceVersion();
    create("b");
    HttpResponse<String> response =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            kubernetes.url()
                                + "/apis/example.com/v1/machines?watch=true&timeoutSeconds=1"
                                + "&resourceVersion="
                                + version))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(response.body().lines().filter(line -> !line.isEmpty()))
        .singleElement()
        .asString()
        .startsWith("{\"type\":\"ADDED\"")
        .contains("\"name\":\"b\"");
  }

  @Test
  void kubeconfigIsReadableByItsOwnerOnly(@TempDir Path directory) throws Exception {
    Path file = kubernetes.writeKubeconfig(directory.resolve("new"));

    assertThat(Files.readString(file)).contains("server: " + kubernetes.url());
    if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
    try (KubernetesClient client =
        new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(file.toFile())).build()) {
      assertThat(client.namespaces().withName("default").get()).isNotNull();
    }
  }
}
