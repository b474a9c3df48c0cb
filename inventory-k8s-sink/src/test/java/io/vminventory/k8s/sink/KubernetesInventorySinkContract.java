package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vminventory.api.Change;
import io.vminventory.api.Fact;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.PowerState;
import io.vminventory.api.Secret;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.DeletionPolicy;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmSpec;
import io.vminventory.testkit.ManualClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the sink promises, on any API server. */
abstract class KubernetesInventorySinkContract {

  static final int LARGEST_OBJECT = 1536;

  final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T00:00:00Z"));
  private KubernetesInventorySink sink;
  private String namespace = "";
  private Tenant tenant;

  /** A client of an API server that has the custom resource definitions. */
  abstract KubernetesClient client();

  abstract String newNamespace();

  /** How many requests to write VM objects the server has got so far. */
  abstract long writes();

  @BeforeEach
  void start() {
    namespace = newNamespace();
    tenant = tenant("default", "test", namespace);
    sink = new KubernetesInventorySink(client(), SinkOptions.defaults(), clock);
  }

  @AfterEach
  void stop() {
    sink.close();
  }

  @Test
  void machinesBecomeRecords() throws Exception {
    SinkResult result = apply(Machines.typicals(3));

    assertThat(result.complete()).isTrue();
    assertThat(result.writes())
        .containsExactly(
            new SinkResult.Write(Kind.CREATED, "web-0", "web-0"),
            new SinkResult.Write(Kind.CREATED, "web-1", "web-1"),
            new SinkResult.Write(Kind.CREATED, "web-2", "web-2"));
    VmResource record = vm("web-1");
    assertThat(record.getSpec().source())
        .isEqualTo(new VmSpec.Source("test", "default", Machines.id(1).value()));
    assertThat(record.getStatus().ips()).containsExactly("10.141.0.2");
    assertThat(record.getStatus().updateDate()).isEqualTo(clock.instant());
    assertThat(record.getMetadata().getLabels()).hasSize(3);
  }

  @Test
  void readThatChangesNothingWritesNothing() throws Exception {
    Inventory inventory =
        Machines.typicals(40)
            .with(
                List.of(
                    new Change.Put(
                        Machines.typical(90).guestHostName("").unreadable(Fact.HOST).build()),
                    new Change.Put(Machines.named(91, "Odd Name\u0007")),
                    new Change.Put(Machines.typical(92).folder("日本語/".repeat(200)).build())));
    apply(inventory);
    long before = writes();
    clock.advance(Duration.ofDays(1));

    SinkResult result = apply(inventory);

    assertThat(writes() - before).isZero();
    assertThat(result).isEqualTo(new SinkResult(List.of(), 43, 0, List.of()));
  }

  @Test
  void whatChangedIsWrittenAndNothingElse() throws Exception {
    apply(Machines.typicals(10));
    long before = writes();
    clock.advance(Duration.ofHours(1));
    List<VirtualMachine> machines = new ArrayList<>(Machines.typicals(9).machines());
    machines.set(3, Machines.typical(3).powerState(PowerState.POWERED_OFF).numCpu(4).build());
    machines.add(Machines.named(99, "new"));

    SinkResult result = apply(Inventory.of("", machines));

    assertThat(result.writes())
        .containsExactly(
            new SinkResult.Write(Kind.CREATED, "new", "new"),
            new SinkResult.Write(
                Kind.CHANGED, "web-3", "powerState poweredOn -> poweredOff, numCpu 2 -> 4"),
            new SinkResult.Write(Kind.DELETED, "web-9", "web-9"));
    assertThat(result.unchanged()).isEqualTo(8);
    assertThat(writes() - before).isEqualTo(3);
    assertThat(vm("web-3").getStatus().updateDate()).isEqualTo(clock.instant());
    assertThat(vm("web-4").getStatus().updateDate()).isBefore(clock.instant());
    assertThat(names()).doesNotContain("web-9");
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
  void whatPeopleWriteAtTheSameTimeIsNotLost() throws Exception {
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

  @Test
  void recordThatWasEditedByHandIsRepaired() throws Exception {
    apply(Machines.typicals(3));
    edit("web-0", vm -> vm.setStatus(null));
    edit("web-1", vm -> vm.getMetadata().getLabels().remove(Names.TENANT_LABEL));
    client().resources(VmResource.class).inNamespace(namespace).withName("web-2").delete();

    SinkResult result = apply(Machines.typicals(3));

    assertThat(result.writes())
        .extracting(SinkResult.Write::kind)
        .containsExactly(Kind.CHANGED, Kind.CHANGED, Kind.CREATED);
    assertThat(vm("web-0").getStatus().numCpu()).isEqualTo(2);
    assertThat(vm("web-1").getMetadata().getLabels()).containsEntry(Names.TENANT_LABEL, "test");
    assertThat(apply(Machines.typicals(3)).unchanged()).isEqualTo(3);
  }

  @Test
  void massDeletionIsHeldUntilItIsConfirmed() throws Exception {
    apply(Machines.typicals(40));

    SinkResult held = apply(Machines.typicals(20));
    SinkResult wrong = sink.apply(tenant, Machines.typicals(20), 19);
    assertThat(names()).hasSize(40);
    SinkResult confirmed = sink.apply(tenant, Machines.typicals(20), 20);

    assertThat(held.heldDeletions()).isEqualTo(20);
    assertThat(held.complete()).isFalse();
    assertThat(wrong.heldDeletions()).isEqualTo(20);
    assertThat(confirmed.heldDeletions()).isZero();
    assertThat(confirmed.count(Kind.DELETED)).isEqualTo(20);
    assertThat(names()).hasSize(20);
  }

  @Test
  void oddNamesBecomeObjects() throws Exception {
    List<String> odd =
        List.of(
            "Web Server_1",
            "x".repeat(200),
            "X".repeat(200),
            "日本語",
            "same",
            "same",
            "UPPER",
            "dots...",
            "../../x",
            "😀",
            "a\u0000b",
            "\ud800",
            "10.0.0.1",
            "a%2fb",
            " ",
            "é\n");
    Inventory inventory =
        Inventory.of(
            "",
            IntStream.range(0, odd.size())
                .filter(n -> !odd.get(n).isBlank())
                .mapToObj(n -> Machines.named(n, odd.get(n)))
                .toList());

    SinkResult result = apply(inventory);

    assertThat(result.problems()).isEmpty();
    assertThat(names())
        .hasSize(15)
        .contains("x".repeat(200), "10.0.0.1")
        .anyMatch(name -> name.matches("web-server-1-[0-9a-f]{10}"));
    assertThat(apply(inventory).unchanged()).isEqualTo(15);
  }

  @Test
  void renamedMachineKeepsItsObjectAndLeavesItsNameToIt() throws Exception {
    apply(Machines.inventory(Machines.named(1, "old")));

    apply(Machines.inventory(Machines.named(1, "new"), Machines.named(2, "old")));

    assertThat(vm("old").getStatus().vmname()).isEqualTo("new");
    assertThat(names()).hasSize(2).anyMatch(name -> name.matches("old-[0-9a-f]{10}"));
  }

  @Test
  void successorOfADeletedMachineInheritsItsName() throws Exception {
    apply(Machines.inventory(Machines.named(1, "web")));

    SinkResult result = apply(Machines.inventory(Machines.named(2, "web")));

    assertThat(result.writes())
        .extracting(SinkResult.Write::kind)
        .containsExactly(Kind.CREATED, Kind.DELETED);
    assertThat(vm("web").getSpec().source().key()).isEqualTo(Machines.id(2).value());
  }

  @Test
  void tenantsThatShareANamespaceKeepToTheirOwnRecords() throws Exception {
    Tenant other = tenant("elsewhere", "test", namespace);
    apply(Machines.typicals(5));
    sink.apply(other, Machines.typicals(5), 0);
    assertThat(names()).hasSize(10);
    assertThat(apply(Machines.typicals(5)).unchanged()).isEqualTo(5);

    apply(Machines.inventory());
    assertThat(names()).hasSize(5);
    sink.release(tenant.id(), namespace, DeletionPolicy.DELETE);
    assertThat(sink.apply(other, Machines.typicals(5), 0).unchanged()).isEqualTo(5);
  }

  @Test
  void objectThatIsNobodysRecordIsLeftAlone() throws Exception {
    VmResource foreign = new VmResource();
    foreign.getMetadata().setName("web-0");
    foreign.setSpec(new VmSpec(new VmSpec.Source("somebody", "else", "k")));
    client().resource(foreign).inNamespace(namespace).create();

    apply(Machines.typicals(1));
    apply(Machines.inventory());

    assertThat(names()).containsExactly("web-0");
    assertThat(vm("web-0").getSpec().source().tenant()).isEqualTo("somebody");
  }

  @Test
  void releaseDeletesHoweverManyThereAre() throws Exception {
    apply(Machines.typicals(60));

    sink.release(tenant.id(), namespace, DeletionPolicy.DELETE);
    sink.release(tenant.id(), namespace, DeletionPolicy.DELETE);

    assertThat(names()).isEmpty();
  }

  @Test
  void retainedRecordsStayAndAreAdoptedByATenantOfTheSameName() throws Exception {
    apply(Machines.typicals(20));
    edit("web-0", vm -> vm.getMetadata().getLabels().put("team", "blue"));

    sink.release(tenant.id(), namespace, DeletionPolicy.RETAIN);

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
    sink.release(tenant.id(), "missing", policy);

    assertThat(names()).isEmpty();
  }

  @Test
  void missingNamespaceIsReportedOnce() {
    assertThatThrownBy(
            () -> sink.apply(tenant("default", "test", "missing"), Machines.typicals(100), 0))
        .isInstanceOfSatisfying(
            InventoryException.class, e -> assertThat(e.failure()).isEqualTo(Failure.MISCONFIGURED))
        .hasMessageContaining("namespace missing does not exist");
  }

  @Test
  void inventoryOfManyPagesIsSeenAsAWhole() throws Exception {
    Inventory inventory = Machines.typicals(1001);
    assertThat(apply(inventory).count(Kind.CREATED)).isEqualTo(1001);
    long before = writes();

    assertThat(apply(inventory).unchanged()).isEqualTo(1001);

    assertThat(writes() - before).isZero();
  }

  @Test
  void ordinaryObjectIsSmall() throws Exception {
    apply(Machines.inventory(Machines.typical(7).build()));
    VmResource record = vm("web-7");
    record.getMetadata().setManagedFields(List.of());

    byte[] json =
        client().getKubernetesSerialization().asJson(record).getBytes(StandardCharsets.UTF_8);

    assertThat(json).hasSizeLessThan(LARGEST_OBJECT);
  }

  final SinkResult apply(Inventory inventory) throws InventoryException, InterruptedException {
    return sink.apply(tenant, inventory, 0);
  }

  final String namespace() {
    return namespace;
  }

  static Tenant tenant(String namespace, String name, String target) {
    return new Tenant(new TenantId(namespace, name), "ike", Secret.of("secret"), target);
  }

  final VmResource vm(String name) {
    return Objects.requireNonNull(vms().withName(name).get(), name);
  }

  final List<String> names() {
    return vms().list().getItems().stream().map(vm -> vm.getMetadata().getName()).sorted().toList();
  }

  /** As {@code kubectl label} does it. */
  private void label(String name, String label) {
    vms()
        .withName(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"metadata\":{\"labels\":{\"" + label + "\":\"x\"}}}");
  }

  private void edit(String name, Consumer<VmResource> change) {
    vms()
        .withName(name)
        .edit(
            vm -> {
              change.accept(vm);
              return vm;
            });
  }

  private NonNamespaceOperation<
          VmResource, KubernetesResourceList<VmResource>, Resource<VmResource>>
      vms() {
    return client().resources(VmResource.class).inNamespace(namespace);
  }
}
