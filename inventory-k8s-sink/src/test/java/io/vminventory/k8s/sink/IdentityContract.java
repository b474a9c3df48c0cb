package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Inventory;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.k8s.TestApiServer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Records are never mixed up when vCenters are restored or object IDs reused. */
abstract class IdentityContract extends SinkFixture {

  private static final String ONE = "4c4c4544-0047-4a10-8053-c2c04f473532";
  private static final String TWO = "6f1c5c1e-0000-4000-8000-000000000001";

  IdentityContract(TestApiServer server) {
    super(server);
  }

  @Test
  void sameObjectIdsOfTwoVcentersAreDifferentMachines() throws Exception {
    Inventory both =
        Inventory.of("", Stream.concat(machines(ONE, 5, 2), machines(TWO, 5, 4)).toList());

    apply(both);

    assertThat(apply(both).unchanged()).isEqualTo(10);
    assertThat(names()).hasSize(10).allMatch(name -> name.matches("vm-[0-4]-[0-9a-f]{10}"));
    for (String name : names()) {
      boolean first = vm(name).getSpec().source().key().startsWith(ONE);
      assertThat(vm(name).getStatus().numCpu()).isEqualTo(first ? 2 : 4);
    }
    apply(Inventory.of("", machines(TWO, 5, 4).toList()));
    assertThat(names())
        .hasSize(5)
        .allMatch(name -> vm(name).getSpec().source().key().startsWith(TWO));
  }

  @Test
  void restoredVcenterWithAnotherIdentityGetsNewRecordsAndTheOldOnesAreHeld() throws Exception {
    apply(Inventory.of("", machines(ONE, 15, 2).toList()));
    Inventory restored = Inventory.of("", machines(TWO, 15, 2).toList());

    SinkResult result = apply(restored);

    assertThat(result.heldDeletions()).isEqualTo(15);
    assertThat(result.count(Kind.CREATED)).isEqualTo(15);
    assertThat(names()).hasSize(30).contains("vm-0", "vm-14");
    assertThat(vm("vm-0").getSpec().source().key()).isEqualTo(ONE + "/vm-0");
    assertThat(sink().apply(tenant(), restored, 15).count(Kind.DELETED)).isEqualTo(15);
    assertThat(names()).hasSize(15).allMatch(name -> name.matches("vm-\\d+-[0-9a-f]{10}"));
    assertThat(apply(restored).unchanged()).isEqualTo(15);
  }

  @Test
  void fewRecordsOfARestoredVcenterLeaveTheirNamesToTheirSuccessors() throws Exception {
    apply(Inventory.of("", machines(ONE, 4, 2).toList()));

    apply(Inventory.of("", machines(TWO, 4, 2).toList()));

    assertThat(names()).containsExactly("vm-0", "vm-1", "vm-2", "vm-3");
    assertThat(vm("vm-0").getSpec().source().key()).isEqualTo(TWO + "/vm-0");
  }

  @Test
  void recordFollowsAnIdThatIsUsedAgain() throws Exception {
    apply(Machines.inventory(Machines.typical(1).build()));
    VirtualMachine other =
        VirtualMachine.builder(Machines.id(1), "db")
            .numCpu(8)
            .instanceUuid("501c0ab0-0000-0000-0000-000000000009")
            .build();

    SinkResult result = apply(Machines.inventory(other));

    assertThat(result.writes()).extracting(SinkResult.Write::kind).containsExactly(Kind.CHANGED);
    assertThat(names()).containsExactly("web-1");
    assertThat(vm("web-1").getStatus().vmname()).isEqualTo("db");
    assertThat(vm("web-1").getStatus().ips()).isEmpty();
    assertThat(vm("web-1").getStatus().instanceUuid()).endsWith("9");
  }

  @Test
  void machineThatIsRegisteredAgainTakesTheNameOfItsOldRecord() throws Exception {
    apply(Machines.inventory(Machines.typical(1).build(), Machines.typical(2).build()));
    VirtualMachine again =
        VirtualMachine.builder(Machines.id(7001), "web-1")
            .instanceUuid(Machines.typical(1).build().instanceUuid().orElseThrow())
            .build();

    SinkResult result = apply(Machines.inventory(again, Machines.typical(2).build()));

    assertThat(result.writes())
        .extracting(SinkResult.Write::kind)
        .containsExactly(Kind.CREATED, Kind.DELETED);
    assertThat(names()).containsExactly("web-1", "web-2");
    assertThat(vm("web-1").getSpec().source().key()).isEqualTo(Machines.id(7001).value());
    assertThat(vm("web-2").getSpec().source().key()).isEqualTo(Machines.id(2).value());
  }

  private static Stream<VirtualMachine> machines(String vcenter, int count, int cpus) {
    return IntStream.range(0, count)
        .mapToObj(
            n ->
                VirtualMachine.builder(new VirtualMachineId(vcenter + "/vm-" + n), "vm-" + n)
                    .numCpu(cpus)
                    .build());
  }
}
