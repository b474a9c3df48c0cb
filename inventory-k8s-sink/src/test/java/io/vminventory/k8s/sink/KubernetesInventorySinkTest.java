package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.api.Change;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.DeletionPolicy;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.kubernetes.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Contract of the sink on the embedded API server, and its reactions to failing requests. */
@Tag("slow")
class KubernetesInventorySinkTest extends KubernetesInventorySinkContract {

  private final EmbeddedKubernetes kubernetes = ((EmbeddedCluster) server()).kubernetes();

  KubernetesInventorySinkTest() {
    super(new EmbeddedCluster());
  }

  @Test
  void statusSubresourceIsNeverWritten() throws Exception {
    apply(Machines.typicals(2));
    apply(Machines.inventory(Machines.named(1, "a")));

    assertThat(kubernetes.requests().byVerbAndResource().keySet())
        .contains("create vms", "update vms", "delete vms")
        .noneMatch(kind -> kind.contains("/status"));
  }

  @Test
  void conflictIsPlannedAgain() throws Exception {
    apply(Machines.typicals(3));
    kubernetes.faults().inject(Fault.status(409).verb("update").resource("vms"));
    kubernetes.faults().inject(Fault.status(409).verb("create").resource("vms"));
    kubernetes.faults().inject(Fault.status(409).verb("delete").resource("vms"));

    SinkResult result =
        apply(
            Machines.inventory(
                Machines.typical(0).numCpu(4).build(),
                Machines.typical(1).build(),
                Machines.named(9, "new")));

    assertThat(kubernetes.faults().remaining()).isZero();
    assertThat(result.complete()).isTrue();
    assertThat(result.writes())
        .extracting(SinkResult.Write::kind)
        .containsExactly(Kind.CREATED, Kind.CHANGED, Kind.DELETED);
    assertThat(result.unchanged()).isEqualTo(1);
  }

  @Test
  void endlessConflictIsAProblemOfThatRecordAlone() throws Exception {
    kubernetes
        .faults()
        .inject(Fault.status(409).verb("create").resource("vms").name("web-1").times(100));

    SinkResult result = apply(Machines.typicals(3));

    assertThat(result.writes())
        .extracting(SinkResult.Write::record)
        .containsExactly("web-0", "web-2");
    assertThat(result.problems())
        .containsExactly(new SinkResult.Problem("web-1", "another client keeps changing it"));
    assertThat(kubernetes.requests().of("create", "vms")).isEqualTo(2 + 4);
  }

  @Test
  void conflictWhoseObjectCannotBeReadIsAProblemAndNotRetriedAtOnce() throws Exception {
    kubernetes.faults().inject(Fault.status(409).verb("create").resource("vms").name("web-1"));
    kubernetes.faults().inject(Fault.status(500).verb("get").resource("vms").name("web-1"));

    SinkResult result = apply(Machines.typicals(3));

    assertThat(result.problems())
        .containsExactly(new SinkResult.Problem("web-1", "injected fault"));
    assertThat(kubernetes.requests().of("create", "vms")).isEqualTo(3);
    assertThat(apply(Machines.typicals(3)).count(Kind.CREATED)).isEqualTo(1);
  }

  @Test
  void notFoundFromAServerThatJustStartedDoesNotRemoveRecords() throws Exception {
    apply(Machines.typicals(3));
    kubernetes.faults().inject(Fault.status(404).verb("update").resource("vms"));
    kubernetes.faults().inject(Fault.status(404).verb("get").resource("vms"));
    Inventory changed = Machines.typicals(3).with(List.of(change()));

    assertThat(apply(changed).problems()).hasSize(1);

    assertThat(apply(changed).writes())
        .extracting(SinkResult.Write::kind)
        .containsExactly(Kind.CHANGED);
    assertThat(kubernetes.requests().of("create", "vms")).isEqualTo(3);
  }

  private static Change change() {
    return new Change.Put(Machines.typical(1).numCpu(9).build());
  }

  @Test
  void refusedRecordDoesNotStopTheOthers() throws Exception {
    kubernetes
        .faults()
        .inject(Fault.status(403).verb("create").resource("vms").name("web-0").times(20));
    kubernetes
        .faults()
        .inject(Fault.status(422).verb("create").resource("vms").name("web-1").times(20));
    kubernetes
        .faults()
        .inject(Fault.status(500).verb("create").resource("vms").name("web-2").times(20));

    SinkResult result = apply(Machines.typicals(5));

    assertThat(result.writes())
        .extracting(SinkResult.Write::record)
        .containsExactly("web-3", "web-4");
    assertThat(result.problems())
        .extracting(SinkResult.Problem::record)
        .containsExactly("web-0", "web-1", "web-2");
    assertThat(result.problems())
        .extracting(SinkResult.Problem::message)
        .satisfiesExactly(
            message -> assertThat(message).contains("injected fault", "grant the operator"),
            message -> assertThat(message).contains("apply the custom resource definitions"),
            message -> assertThat(message).contains("injected fault"));

    kubernetes.faults().clear();
    assertThat(apply(Machines.typicals(5)).complete()).isTrue();
  }

  @Test
  void writeToAnOverloadedServerIsRetried() throws Exception {
    kubernetes.faults().inject(Fault.status(429).verb("create").resource("vms").name("web-0"));
    kubernetes.faults().inject(Fault.status(503).verb("create").resource("vms").name("web-1"));

    assertThat(apply(Machines.typicals(5)).problems()).isEmpty();
  }

  @Test
  void serverThatAcceptsNothingGetsFewRequests() {
    kubernetes.faults().inject(Fault.status(503).verb("create").resource("vms").times(10_000));

    assertThatThrownBy(() -> apply(Machines.typicals(500)))
        .isInstanceOfSatisfying(
            InventoryException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE))
        .hasMessageContaining("test-tenant");
    assertThat(kubernetes.requests().of("create", "vms")).isLessThan(100);
  }

  @Test
  void nothingIsWrittenIfTheRecordsCannotBeListed() throws Exception {
    apply(Machines.typicals(3));
    long before = writes();

    try (KubernetesInventorySink second = newSink()) {
      kubernetes.faults().inject(Fault.status(403).verb("list").resource("vms").times(1_000));
      assertThatThrownBy(() -> second.apply(tenant(), Machines.inventory(), 0))
          .isInstanceOfSatisfying(
              InventoryException.class,
              e -> assertThat(e.failure()).isEqualTo(Failure.MISCONFIGURED))
          .hasMessageContaining("cannot list the VM records")
          .hasMessageContaining("grant the operator list and watch on vms.vminventory.io");
    }
    kubernetes.faults().clear();
    try (KubernetesInventorySink second = newSink()) {
      kubernetes.faults().inject(Fault.status(500).verb("list").resource("vms").times(1_000));
      assertThatThrownBy(() -> second.apply(tenant(), Machines.inventory(), 0))
          .isInstanceOfSatisfying(
              InventoryException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE))
          .hasMessageContaining("injected fault");
    }

    assertThat(writes()).isEqualTo(before);
  }

  @Test
  void missingRightToWatchIsNamed() throws Exception {
    kubernetes.faults().inject(Fault.status(403).verb("watch").resource("vms").times(1_000));

    assertThatThrownBy(() -> apply(Machines.typicals(1)))
        .isInstanceOfSatisfying(
            InventoryException.class, e -> assertThat(e.failure()).isEqualTo(Failure.MISCONFIGURED))
        .hasMessageContaining("cannot watch the VM records")
        .hasMessageContaining("grant the operator list and watch");
    kubernetes.faults().clear();
    assertThat(apply(Machines.typicals(1)).complete()).isTrue();
  }

  @Test
  void missingDefinitionIsNamedAndDoesNotPreventRelease() throws Exception {
    try (EmbeddedKubernetes bare = EmbeddedKubernetes.start();
        KubernetesInventorySink sink =
            new KubernetesInventorySink(
                bare.client(), SinkOptions.defaults(), WritePermit.ALWAYS, clock)) {
      sink.release(tenant("default", "test", "default").id(), "default", DeletionPolicy.DELETE);

      assertThatThrownBy(
              () -> sink.apply(tenant("default", "test", "default"), Machines.typicals(2), 0))
          .isInstanceOfSatisfying(
              InventoryException.class,
              e -> assertThat(e.failure()).isEqualTo(Failure.MISCONFIGURED))
          .hasMessageContaining("apply the custom resource definitions");

      CustomResourceDefinitions.all().forEach(bare::install);
      Eventually.within(Duration.ofSeconds(20)).until(() -> sink.problem().isEmpty());
      assertThat(
              sink.apply(tenant("default", "test", "default"), Machines.typicals(2), 0).complete())
          .isTrue();
    }
  }

  @Test
  void releaseThatFailsNamesTheFirstRecords() throws Exception {
    apply(Machines.typicals(6));
    kubernetes.faults().inject(Fault.status(403).verb("delete").resource("vms").times(5));

    assertThatThrownBy(() -> releaseAll())
        .isInstanceOf(InventoryException.class)
        .hasMessageContaining("5 records in namespace test-tenant could not be released: web-");
    releaseAll();
    assertThat(names()).isEmpty();
  }

  @Test
  void confirmedDeletionIsFinishedDespiteConflicts() throws Exception {
    apply(Machines.typicals(40));
    kubernetes.faults().inject(Fault.status(409).verb("delete").resource("vms").times(15));

    SinkResult result = sink().apply(tenant(), Machines.inventory(), 40);

    assertThat(result.count(Kind.DELETED)).isEqualTo(40);
    assertThat(result.complete()).isTrue();
  }

  @Test
  void interruptEndsTheWork() throws Exception {
    kubernetes
        .faults()
        .inject(Fault.delay(Duration.ofMillis(50)).verb("create").resource("vms").times(10_000));
    CountDownLatch ended = new CountDownLatch(1);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread mirror =
        new Thread(
            () -> {
              try {
                apply(Machines.typicals(2000));
                interrupted.complete(false);
              } catch (InterruptedException e) {
                interrupted.complete(true);
              } catch (InventoryException e) {
                interrupted.completeExceptionally(e);
              } finally {
                ended.countDown();
              }
            },
            "mirror");
    mirror.start();
    while (kubernetes.requests().of("create", "vms") < 20) {
      Thread.onSpinWait();
    }
    mirror.interrupt();

    assertThat(interrupted.get(20, TimeUnit.SECONDS)).isTrue();
    ended.await();
    long after = writes();
    assertThat(after).isLessThan(1000);
    assertThat(names()).hasSize((int) after);
  }

  private KubernetesInventorySink newSink() {
    return new KubernetesInventorySink(client(), SinkOptions.defaults(), WritePermit.ALWAYS, clock);
  }

  private void releaseAll() throws InventoryException, InterruptedException {
    sink().release(tenant().id(), namespace(), DeletionPolicy.DELETE);
  }
}
