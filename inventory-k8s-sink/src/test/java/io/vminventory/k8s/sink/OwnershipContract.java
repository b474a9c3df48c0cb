package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Inventory;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.Tenant;
import io.vminventory.k8s.DeletionPolicy;
import io.vminventory.k8s.TestApiServer;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmSpec;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records and metadata of people, other tenants and deleted tenants are preserved. */
abstract class OwnershipContract extends SinkFixture {

  OwnershipContract(TestApiServer server) {
    super(server);
  }

  @Test
  void labelsAndAnnotationsOfPeopleSurvive() throws Exception {
    apply(Machines.typicals(1));
    edit(
        "web-0",
        vm -> {
          vm.getMetadata().getLabels().put("team", "blue");
          vm.getMetadata().setAnnotations(Map.of("note", "do not touch"));
        });

    apply(Machines.inventory(Machines.typical(0).memoryMB(4096).build()));

    VmResource record = vm("web-0");
    assertThat(record.getStatus().memoryMB()).isEqualTo(4096);
    assertThat(record.getMetadata().getLabels()).hasSize(4).containsEntry("team", "blue");
    assertThat(record.getMetadata().getAnnotations()).containsEntry("note", "do not touch");
  }

  @Test
  void concurrentEditsOfPeopleAreNotLost() throws Exception {
    apply(Machines.typicals(4));
    CompletableFuture<Void> person =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 40; i++) {
                label("web-" + i % 4, "l" + i);
              }
            });
    int round = 0;
    while (!person.isDone() && round < 2000) {
      int memoryMB = 1000 + ++round;
      apply(
          Inventory.of(
              "",
              IntStream.range(0, 4)
                  .mapToObj(n -> Machines.typical(n).memoryMB(memoryMB).build())
                  .toList()));
    }
    person.join();

    assertThat(names().stream().map(this::vm).mapToInt(vm -> vm.getMetadata().getLabels().size()))
        .containsExactly(13, 13, 13, 13);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CHANGED", "DELETED"})
  void writeDecidedOnAnOldVersionIsRejected(Kind kind) throws Exception {
    apply(Machines.typicals(1));
    VmResource old = vm("web-0");
    label("web-0", "team");

    Outcome<VmResource> outcome =
        new RecordStore<>(client(), VmResource.class).write(new Plan.Step<>(kind, old, ""));

    assertThat(outcome).isEqualTo(new Outcome.Conflict<>());
    assertThat(vm("web-0").getMetadata().getLabels()).containsKey("team");
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"CHANGED", "DELETED"})
  void objectFoundDeletedOnWriteLeavesTheCache(Kind kind) throws Exception {
    apply(Machines.typicals(1));
    VmResource old = vm("web-0");
    RecordStore<VmResource> store = new RecordStore<>(client(), VmResource.class);
    RecordCache<VmResource> unwatched = new RecordCache<>(new VmFormat(), tenant -> {});
    unwatched.onUpdate(old);
    vms().withName("web-0").delete();

    Outcome<VmResource> outcome =
        new RecordWriter<>(store, unwatched, WritePermit.ALWAYS)
            .write(new Plan.Step<>(kind, old, ""));

    assertThat(outcome).isEqualTo(new Outcome.Conflict<>());
    assertThat(unwatched.ownedBy(tenant().id(), namespace())).isEmpty();
  }

  @Test
  void massDeletionIsHeldUntilItIsConfirmed() throws Exception {
    apply(Machines.typicals(40));

    SinkResult held = apply(Machines.typicals(20));
    SinkResult wrong = sink().apply(tenant(), Machines.typicals(20), 19);
    assertThat(names()).hasSize(40);
    SinkResult confirmed = sink().apply(tenant(), Machines.typicals(20), 20);

    assertThat(held.heldDeletions()).isEqualTo(20);
    assertThat(held.complete()).isFalse();
    assertThat(wrong.heldDeletions()).isEqualTo(20);
    assertThat(confirmed.heldDeletions()).isZero();
    assertThat(confirmed.count(Kind.DELETED)).isEqualTo(20);
    assertThat(names()).hasSize(20);
  }

  @Test
  void tenantsThatShareANamespaceKeepToTheirOwnRecords() throws Exception {
    Tenant other = tenant("elsewhere", "test", namespace());
    apply(Machines.typicals(5));
    sink().apply(other, Machines.typicals(5), 0);
    assertThat(names()).hasSize(10);
    assertThat(apply(Machines.typicals(5)).unchanged()).isEqualTo(5);

    apply(Machines.inventory());
    assertThat(names()).hasSize(5);
    sink().release(tenant().id(), namespace(), DeletionPolicy.DELETE);
    assertThat(sink().apply(other, Machines.typicals(5), 0).unchanged()).isEqualTo(5);
  }

  @Test
  void objectOfAnUnknownTenantIsLeftAlone() throws Exception {
    VmResource foreign = new VmResource();
    foreign.getMetadata().setName("web-0");
    foreign.setSpec(new VmSpec(new VmSpec.Source("foreign", "elsewhere", "k")));
    client().resource(foreign).inNamespace(namespace()).create();

    apply(Machines.typicals(1));
    apply(Machines.inventory());

    assertThat(names()).containsExactly("web-0");
    assertThat(vm("web-0").getSpec().source().tenant()).isEqualTo("foreign");
  }

  @Test
  void releaseDeletesAnyNumberOfRecords() throws Exception {
    apply(Machines.typicals(60));

    sink().release(tenant().id(), namespace(), DeletionPolicy.DELETE);
    sink().release(tenant().id(), namespace(), DeletionPolicy.DELETE);

    assertThat(names()).isEmpty();
  }

  @Test
  void retainedRecordsAreAdoptedByATenantOfTheSameName() throws Exception {
    apply(Machines.typicals(20));
    edit("web-0", vm -> vm.getMetadata().getLabels().put("team", "blue"));

    sink().release(tenant().id(), namespace(), DeletionPolicy.RETAIN);

    assertThat(names()).hasSize(20);
    assertThat(vm("web-0").getMetadata().getLabels()).isEqualTo(Map.of("team", "blue"));
    assertThat(vm("web-1").getStatus().numCpu()).isEqualTo(2);
    SinkResult adopted = apply(Machines.typicals(15));
    assertThat(adopted.count(Kind.CHANGED)).isEqualTo(15);
    assertThat(adopted.count(Kind.DELETED)).isZero();
    assertThat(names()).hasSize(20);
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void releaseFromAMissingNamespaceHasNothingToDo(DeletionPolicy policy) throws Exception {
    sink().release(tenant().id(), "missing", policy);

    assertThat(names()).isEmpty();
  }
}
