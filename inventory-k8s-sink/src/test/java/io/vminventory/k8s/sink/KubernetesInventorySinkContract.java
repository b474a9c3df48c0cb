package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.api.Change;
import io.vminventory.api.Fact;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.PowerState;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.TestApiServer;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records follow the inventory, on any API server. */
abstract class KubernetesInventorySinkContract extends SinkFixture {

  KubernetesInventorySinkContract(TestApiServer server) {
    super(server);
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
  void onlyChangesAreWritten() throws Exception {
    apply(Machines.typicals(10));
    long before = writes();
    clock.advance(Duration.ofHours(1));
    VirtualMachine changed =
        Machines.typical(3).powerState(PowerState.POWERED_OFF).numCpu(4).build();
    VirtualMachine created = Machines.named(99, "new");

    SinkResult result =
        apply(Machines.typicals(9).with(List.of(new Change.Put(changed), new Change.Put(created))));

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
  void missingNamespaceIsReportedOnce() {
    assertThatThrownBy(
            () -> sink().apply(tenant("default", "test", "missing"), Machines.typicals(100), 0))
        .isInstanceOfSatisfying(
            InventoryException.class, e -> assertThat(e.failure()).isEqualTo(Failure.MISCONFIGURED))
        .hasMessageContaining("namespace missing does not exist");
  }

  @Test
  void listOfManyPagesIsReadCompletely() throws Exception {
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

    assertThat(json).hasSizeLessThan(1536);
  }
}
