package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.vminventory.api.InventoryException;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.kubernetes.Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The watch reconnects after any failure, and the cache is correct then. */
@Timeout(60)
@Tag("slow")
class RecordWatchTest {

  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(20));
  private static final TenantId TENANT = new TenantId("default", "test");

  private EmbeddedKubernetes kubernetes = start(0);
  private final KubernetesClient client =
      new KubernetesClientBuilder()
          .withConfig(
              new ConfigBuilder(Config.empty())
                  .withMasterUrl(kubernetes.url())
                  .withRequestTimeout(2_000)
                  .build())
          .build();
  private final BlockingQueue<TenantId> notified = new LinkedBlockingQueue<>();
  private final RecordCache<VmResource> cache = new RecordCache<>(new VmFormat(), notified::add);
  private final RecordStore<VmResource> store = new RecordStore<>(client, VmResource.class);

  /** Reconnects so often that faults soon hit a connection. */
  private final RecordWatch<VmResource> watch =
      new RecordWatch<>(store, cache, Duration.ofMillis(1_100));

  private static EmbeddedKubernetes start(int port) {
    EmbeddedKubernetes started = EmbeddedKubernetes.start(port);
    CustomResourceDefinitions.all().forEach(started::install);
    return started;
  }

  @AfterEach
  void stop() {
    watch.close();
    client.close();
    kubernetes.close();
  }

  @Test
  void connectionsContinueFromTheLastVersionWithoutAnotherList() throws Exception {
    create("a");
    watch.awaitReady();
    SOON.until(() -> kubernetes.requests().of("watch", "vms") >= 3);
    create("b");
    SOON.until(() -> names().size() == 2);
    SOON.until(() -> kubernetes.requests().of("watch", "vms") >= 5);

    assertThat(kubernetes.requests().of("list", "vms")).isEqualTo(1);
    assertThat(notified).hasSize(1);
    assertThat(watch.state().problem()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410, 429, 500, 503})
  void rejectedWatchReconnectsAndMissesNothing(int code) throws Exception {
    create("a");
    watch.awaitReady();
    kubernetes.faults().inject(Fault.status(code).verb("watch").resource("vms").times(3));
    SOON.until(() -> kubernetes.faults().remaining() < 3);
    create("b");
    kubernetes.client().resource(vm("a")).inNamespace("default").delete();

    SOON.until(() -> kubernetes.faults().remaining() == 0 && watch.state().problem().isEmpty());
    SOON.until(this::names, Set.of("b")::equals);
    assertThat(notified).hasSizeBetween(1, 2).containsOnly(TENANT);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410, 429, 500, 503})
  void rejectedListIsReportedAndRetried(int code) throws Exception {
    create("a");
    kubernetes.faults().inject(Fault.status(code).verb("list").resource("vms").times(3));

    assertThatThrownBy(watch::awaitReady)
        .isInstanceOf(InventoryException.class)
        .hasMessageStartingWith("cannot list the VM records of the cluster: ");
    assertThat(watch.state().problem()).isPresent();

    SOON.until(() -> watch.state().problem().isEmpty());
    assertThat(names()).hasSize(1);
    assertThat(notified).isEmpty();
  }

  @Test
  void restartedServerWithoutObjectsReplacesTheCache() throws Exception {
    for (int i = 0; i < 30; i++) {
      create("old-" + i);
    }
    watch.awaitReady();
    int port = URI.create(kubernetes.url()).getPort();

    kubernetes.close();
    SOON.until(() -> watch.state().problem().isPresent());
    assertThat(names()).hasSize(30);
    kubernetes = start(port);
    create("new");

    SOON.until(() -> watch.state().problem().isEmpty());
    SOON.until(this::names, Set.of("new")::equals);
    assertThat(notified.poll(10, TimeUnit.SECONDS)).isEqualTo(TENANT);
    create("newer");
    SOON.until(() -> names().size() == 2);
  }

  @Test
  void unreachableServerIsReported() {
    kubernetes.close();

    assertThatThrownBy(watch::awaitReady)
        .hasMessageStartingWith("cannot list the VM records of the cluster: ")
        .hasMessageContaining("refused");
  }

  @Test
  void slowServerIsAwaited() throws Exception {
    create("a");
    kubernetes.faults().inject(Fault.delay(Duration.ofMillis(700)).resource("vms").times(4));

    watch.awaitReady();

    assertThat(names()).hasSize(1);
  }

  @Test
  void closedWatchLeavesNoThreadAndNoWaitingCaller() throws Exception {
    watch.awaitReady();
    watch.close();

    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals("vm-records") && thread.isAlive());
    assertThatThrownBy(watch::awaitReady).isInstanceOf(InventoryException.class);
  }

  private Set<String> names() {
    return cache.ownedBy(TENANT, "default").stream()
        .map(vm -> vm.getMetadata().getName())
        .collect(Collectors.toSet());
  }

  private void create(String name) {
    kubernetes.client().resource(vm(name)).inNamespace("default").create();
  }

  private static VmResource vm(String name) {
    DirtyKeys dirtyKeys = new DirtyKeys("default", Machines.inventory(Machines.named(1, "x")));
    VmResource vm =
        new Planner<>(new VmFormat(), TENANT, "default")
            .plan(
                dirtyKeys,
                new RecordIndex<>(new VmFormat()).observe(TENANT, dirtyKeys),
                new DeletionGuard(30, 10),
                0,
                0,
                Instant.EPOCH)
            .writes()
            .get(0)
            .object();
    vm.getMetadata().setName(name);
    return vm;
  }
}
