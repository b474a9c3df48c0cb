package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vminventory.api.InventoryProvider;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.VmResource;
import io.vminventory.operator.config.LeaseSettings;
import io.vminventory.operator.config.OperatorSettings;
import io.vminventory.operator.config.Servers;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.fake.FakeProvider;
import io.vminventory.testkit.fake.SampleMachines;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.kubernetes.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Start and health of the operator with an API server that is late, down or incomplete. */
@Timeout(180)
@Tag("slow")
class OperatorStartTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(45);

  private static final LeaseSettings LEASE = new LeaseSettings(Optional.of("default"), "it");

  private final FakeProvider platform = new FakeProvider().account("ann", "secret");
  private final ExecutorService starter = Executors.newCachedThreadPool();
  private EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
  private final int port = URI.create(kubernetes.url()).getPort();
  private final OperatorProcess operator = operator(platform);

  OperatorStartTest() {
    SampleMachines.of(3).forEach(platform::put);
  }

  @AfterEach
  void tearDown() {
    operator.close();
    starter.shutdownNow();
    kubernetes.close();
    assertThat(platform.openSessions()).isZero();
  }

  @Test
  void definitionsInstalledLateAreAwaited() throws Exception {
    Future<?> started = start(operator);
    awaitReadyz("kubectl apply -f deploy/crds");
    assertThat(get("/livez")).isEqualTo("200 ok");
    assertThat(started.isDone()).isFalse();

    install();
    started.get(45, TimeUnit.SECONDS);
    awaitReadyz("200 ok");
    register();
    awaitRecords(3);
  }

  @Test
  void apiServerStartedLateIsAwaited() throws Exception {
    kubernetes.close();
    Future<?> started = start(operator);
    awaitReadyz("cannot be reached");

    kubernetes = EmbeddedKubernetes.start(port);
    install();
    register();
    started.get(45, TimeUnit.SECONDS);
    awaitRecords(3);
    awaitReadyz("200 ok");
  }

  @Test
  void rejectingApiServerIsAwaited() throws Exception {
    install();
    register();
    kubernetes.faults().inject(Fault.status(403).verb("list").resource("tenants"));
    kubernetes.faults().inject(Fault.status(401).verb("list").resource("tenants"));
    Future<?> started = start(operator);
    awaitReadyz("deploy/rbac.yaml");
    started.get(45, TimeUnit.SECONDS);
    awaitRecords(3);
  }

  @Test
  void watchThatFailsAtTheStartIsRetried() throws Exception {
    install();
    register();
    kubernetes.faults().inject(Fault.status(500).verb("watch").resource("tenants").times(3));
    start(operator).get(90, TimeUnit.SECONDS);
    awaitRecords(3);
    awaitReadyz("200 ok");
  }

  @Test
  void apiServerRestartIsSurvived() throws Exception {
    install();
    register();
    start(operator).get(45, TimeUnit.SECONDS);
    awaitRecords(3);
    kubernetes.close();
    awaitReadyz("cannot be reached");
    assertThat(get("/livez")).isEqualTo("200 ok");
    platform.put(SampleMachines.of(4).get(3));

    kubernetes = EmbeddedKubernetes.start(port);
    install();
    register();
    awaitRecords(4);
    awaitReadyz("200 ok");
    assertThat(platform.openSessions()).isEqualTo(1);
  }

  @Test
  void closingEndsTheWaitAtOnce() throws Exception {
    kubernetes.close();
    Future<?> started = start(operator);
    awaitReadyz("cannot be reached");
    long began = System.nanoTime();
    operator.close();
    started.get(5, TimeUnit.SECONDS);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void undeserializableTenantEndsTheWatchButNotTheProcess() throws Exception {
    install();
    register();
    start(operator).get(45, TimeUnit.SECONDS);
    awaitRecords(3);
    kubernetes.install(
        CustomResourceDefinitions.tenants()
            .replaceFirst("(\\n *- )Watch\\n", "$1Watch$1Sometimes\n"));
    kubernetes.install(
        """
        apiVersion: vminventory.io/v1
        kind: Tenant
        metadata: {name: odd, namespace: default}
        spec: {username: ann, passwordSecretRef: {name: pass}, sync: Sometimes}
        """);
    Eventually.within(TIMEOUT)
        .untilAsserted(() -> assertThat(get("/livez")).contains("the watch on TenantResource"));
    platform.put(SampleMachines.of(4).get(3));
    awaitRecords(4);
  }

  @Test
  void deadMirrorFailsLiveness() throws Exception {
    install();
    register();
    OperatorProcess dying =
        operator(
            (tenant, purpose) -> {
              throw new AssertionError("as fatal as can be");
            });
    try {
      start(dying).get(45, TimeUnit.SECONDS);
      Eventually.within(TIMEOUT)
          .untilAsserted(
              () -> assertThat(get(dying, "/livez")).startsWith("503 a mirror has died"));
    } finally {
      dying.close();
    }
  }

  @Test
  void standbyIsReadyAndTakesOverWhenTheLeaderEnds() throws Exception {
    install();
    register();
    OperatorProcess leader = operator(platform, "", Optional.of(LEASE));
    OperatorProcess next = operator(platform, "", Optional.of(LEASE));
    try {
      start(leader).get(45, TimeUnit.SECONDS);
      awaitRecords(3);
      Future<?> started = start(next);
      Eventually.within(TIMEOUT)
          .untilAsserted(() -> assertThat(get(next, "/readyz")).isEqualTo("200 ok"));
      assertThat(started.isDone()).isFalse();
      assertThat(platform.openSessions()).isEqualTo(1);

      leader.close();
      started.get(45, TimeUnit.SECONDS);
      platform.put(SampleMachines.of(4).get(3));
      awaitRecords(4);
      assertThat(platform.openSessions()).isEqualTo(1);
    } finally {
      leader.close();
      next.close();
    }
  }

  @Test
  void forbiddenLeaseIsNamedAndNothingIsMirrored() throws Exception {
    install();
    register();
    kubernetes.faults().inject(Fault.status(403).verb("get").resource("leases").times(2));
    OperatorProcess process = operator(platform, "", Optional.of(LEASE));
    try {
      Future<?> started = start(process);
      Eventually.within(TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(get(process, "/readyz"))
                      .startsWith("503")
                      .contains("Lease default/it cannot be read", "create and update on leases"));
      started.get(45, TimeUnit.SECONDS);
      awaitRecords(3);
    } finally {
      process.close();
    }
  }

  @Test
  void tenantsOfOtherShardsAreIgnored() throws Exception {
    install();
    register();
    OperatorProcess shard = operator(platform, "shard=a", Optional.empty());
    try {
      start(shard).get(45, TimeUnit.SECONDS);
      assertThat(platform.openSessions()).isZero();
      label("shard", "a");
      awaitRecords(3);
      label("shard", "b");
      Eventually.within(TIMEOUT).until(platform::openSessions, open -> open == 0);
      awaitRecords(3);
    } finally {
      shard.close();
    }
  }

  private void label(String name, String value) {
    kubernetes
        .client()
        .resources(TenantResource.class)
        .inNamespace("default")
        .withName("test")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"%s\":\"%s\"}}}".formatted(name, value));
  }

  private OperatorProcess operator(InventoryProvider provider) {
    return operator(provider, "", Optional.empty());
  }

  private OperatorProcess operator(
      InventoryProvider provider, String selector, Optional<LeaseSettings> lease) {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + port)
            .withRequestRetryBackoffLimit(1)
            .build();
    return OperatorProcess.create(
        new OperatorSettings(List.of(), Set.of(), selector, 0, 4, lease),
        new Servers(Map.of("default", new Servers.Server("vsphere", provider))),
        new KubernetesClientBuilder().withConfig(config).build());
  }

  private Future<?> start(OperatorProcess process) {
    return starter.submit(
        () -> {
          process.start();
          return process;
        });
  }

  private void install() {
    CustomResourceDefinitions.all().forEach(kubernetes::install);
  }

  private void register() {
    kubernetes.createNamespace("default");
    kubernetes.install(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: pass, namespace: default}
        data: {password: c2VjcmV0}
        ---
        apiVersion: vminventory.io/v1
        kind: Tenant
        metadata: {name: test, namespace: default}
        spec: {username: ann, passwordSecretRef: {name: pass}}
        """);
  }

  private void awaitRecords(int count) {
    Eventually.within(TIMEOUT)
        .until(
            () ->
                kubernetes
                    .client()
                    .resources(VmResource.class)
                    .inNamespace("default")
                    .list()
                    .getItems()
                    .size(),
            found -> found == count);
  }

  private void awaitReadyz(String part) {
    Eventually.within(TIMEOUT).untilAsserted(() -> assertThat(get("/readyz")).contains(part));
  }

  private String get(String path) {
    return get(operator, path);
  }

  private String get(OperatorProcess process, String path) {
    try {
      return HealthEndpoint.get(process.httpPort(), path);
    } catch (IllegalStateException e) {
      throw new AssertionError("health is not served yet", e);
    }
  }
}
