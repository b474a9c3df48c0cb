package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Change;
import io.vminventory.api.Inventory;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.DeletionPolicy;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.TestApiServer;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmSpec;
import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** External changes are noticed at once, without further requests to the API server. */
abstract class ExternalChangeContract extends SinkFixture {

  private final Tenant tenant = tenant("default", "t-" + UUID.randomUUID(), namespace());
  private final BlockingQueue<TenantId> notified = new LinkedBlockingQueue<>();

  ExternalChangeContract(TestApiServer server) {
    super(server);
  }

  @BeforeEach
  final void listen() {
    sink()
        .onExternalChange(
            changed -> {
              // Another test's namespace may still be terminating.
              if (changed.equals(tenant.id())) {
                notified.add(changed);
              }
            });
  }

  @Test
  void oneChangeAmongAThousandIsOneWriteAndNoList() throws Exception {
    Inventory inventory = Machines.typicals(1000);
    write(inventory);
    write(inventory);
    long writes = writes();
    long lists = server().listsOfVms();
    assertThat(lists).isPositive();

    SinkResult result =
        write(inventory.with(List.of(new Change.Put(Machines.typical(500).numCpu(16).build()))));

    assertThat(result.writes())
        .containsExactly(new SinkResult.Write(Kind.CHANGED, "web-500", "numCpu 2 -> 16"));
    assertThat(result.unchanged()).isEqualTo(999);
    assertThat(writes() - writes).isEqualTo(1);
    assertThat(server().listsOfVms() - lists).isZero();
  }

  @Test
  void ownWritesAreNotReported() throws Exception {
    write(Machines.typicals(200));
    write(Machines.inventory(Machines.named(1, "x"), Machines.named(300, "y")), 199);
    write(Machines.typicals(100));
    sink().release(tenant.id(), namespace(), DeletionPolicy.RETAIN);
    write(Machines.typicals(100));

    // Events arrive in order, so this one comes after all of the above.
    edit("web-50", vm -> vm.setStatus(null));
    awaitNotification();

    assertThat(notified).isEmpty();
  }

  @Test
  void editedRecordIsReportedAndRepairedAndKeepsOtherMetadata() throws Exception {
    write(Machines.typicals(3));
    edit(
        "web-1",
        vm -> {
          vm.getMetadata().getLabels().put("team", "blue");
          vm.getMetadata().getLabels().remove(Names.MANAGED_BY_LABEL);
          vm.getMetadata().setAnnotations(Map.of("note", "do not touch"));
          vm.setStatus(null);
        });
    awaitNotification();

    SinkResult result = write(Machines.typicals(3));

    assertThat(result.writes()).extracting(SinkResult.Write::record).containsExactly("web-1");
    VmResource repaired = vm("web-1");
    assertThat(repaired.getStatus().numCpu()).isEqualTo(2);
    assertThat(repaired.getMetadata().getLabels()).hasSize(4).containsEntry("team", "blue");
    assertThat(repaired.getMetadata().getAnnotations()).containsEntry("note", "do not touch");
  }

  @Test
  void manualChangesAreRepairedInOneCall() throws Exception {
    write(Machines.typicals(3));
    edit("web-0", vm -> vm.setStatus(null));
    awaitNotification();
    edit("web-1", vm -> vm.getMetadata().getLabels().remove(Names.TENANT_LABEL));
    awaitNotification();
    vms().withName("web-2").delete();
    awaitNotification();

    SinkResult result = write(Machines.typicals(3));

    assertThat(result.writes())
        .extracting(SinkResult.Write::kind)
        .containsExactly(Kind.CHANGED, Kind.CHANGED, Kind.CREATED);
    assertThat(vm("web-1").getMetadata().getLabels())
        .containsEntry(Names.TENANT_LABEL, tenant.id().name());
    assertThat(write(Machines.typicals(3)).unchanged()).isEqualTo(3);
  }

  @Test
  void deletedRecordIsReportedAndCreatedAgain() throws Exception {
    write(Machines.typicals(3));
    vms().withName("web-1").delete();
    awaitNotification();

    SinkResult result = write(Machines.typicals(3));

    assertThat(result.writes())
        .containsExactly(new SinkResult.Write(Kind.CREATED, "web-1", "web-1"));
    assertThat(result.unchanged()).isEqualTo(2);
  }

  @Test
  void recordWaitingForAFinalizerIsReportedAndItsNameNotUsed() throws Exception {
    write(Machines.typicals(1));
    edit("web-0", vm -> vm.getMetadata().setFinalizers(List.of("example.com/wait")));
    awaitNotification();
    vms().withName("web-0").delete();
    awaitNotification();

    assertThat(write(Machines.typicals(1)).count(Kind.CREATED)).isEqualTo(1);
    assertThat(names()).hasSize(2).contains("web-0");

    edit("web-0", vm -> vm.getMetadata().setFinalizers(List.of()));
  }

  @Test
  void ownDeletionWaitingForAFinalizerIsNotReportedAndTheNameNotUsed() throws Exception {
    write(Machines.typicals(1));
    edit("web-0", vm -> vm.getMetadata().setFinalizers(List.of("example.com/wait")));
    awaitNotification();

    write(Machines.inventory());
    SinkResult again = write(Machines.typicals(1));

    assertThat(again.count(Kind.CREATED)).isEqualTo(1);
    assertThat(names()).hasSize(2).contains("web-0");
    assertThat(notified).isEmpty();
    edit("web-0", vm -> vm.getMetadata().setFinalizers(List.of()));
    awaitNotification();
    Eventually.within(Duration.ofSeconds(10)).until(() -> names().size() == 1);
  }

  @Test
  void objectThatClaimsToBeOursIsReportedAndDeleted() throws Exception {
    write(Machines.typicals(1));
    VmResource claim = new VmResource();
    claim.getMetadata().setName("claim");
    claim.getMetadata().setLabels(new Ownership(tenant.id()).labels());
    claim.setSpec(
        new VmSpec(new VmSpec.Source(tenant.id().name(), tenant.id().namespace(), "nothing")));
    client().resource(claim).inNamespace(namespace()).create();
    awaitNotification();

    assertThat(write(Machines.typicals(1)).count(Kind.DELETED)).isEqualTo(1);
    assertThat(names()).containsExactly("web-0");
  }

  @Test
  void eachCallSeesTheWritesOfTheCallBefore() throws Exception {
    for (int round = 1; round <= 30; round++) {
      int cpus = round;
      Inventory inventory =
          round % 3 == 0
              ? Machines.inventory()
              : Machines.inventory(
                  Machines.typical(0).numCpu(cpus).build(), Machines.named(round, "other"));
      assertThat(write(inventory).problems()).isEmpty();
      long before = writes();
      assertThat(write(inventory).writes()).isEmpty();
      assertThat(writes()).isEqualTo(before);
    }
  }

  private SinkResult write(Inventory inventory) throws Exception {
    return write(inventory, 0);
  }

  private SinkResult write(Inventory inventory, int confirmed) throws Exception {
    return sink().apply(tenant, inventory, confirmed);
  }

  private void awaitNotification() throws InterruptedException {
    assertThat(notified.poll(10, TimeUnit.SECONDS)).isEqualTo(tenant.id());
  }
}
