package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InventoryTest {

  private static final VirtualMachine A = machine("a", 1);
  private static final VirtualMachine B = machine("b", 1);
  private static final VirtualMachine B2 = machine("b", 2);
  private static final VirtualMachine C = machine("c", 1);

  @Test
  void twoMachinesOfOneIdAreRefused() {
    assertThatThrownBy(() -> Inventory.of("", List.of(B, B2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("two machines have the id vc/b");
  }

  @Test
  void changesLeadFromTheEarlierInventoryToTheLater() {
    Inventory earlier = Inventory.of("v", List.of(A, B));
    Inventory later = Inventory.of("v", List.of(C, B2));
    assertThat(later.changesSince(earlier))
        .containsExactlyInAnyOrder(
            new Change.Put(C), new Change.Put(B2), new Change.Remove(A.id()));
    assertThat(earlier.with(later.changesSince(earlier))).isEqualTo(later);
  }

  @Test
  void theSameMachinesInAnotherOrderAreNoChange() {
    assertThat(Inventory.of("v", List.of(B, A)).changesSince(Inventory.of("v", List.of(A, B))))
        .isEmpty();
  }

  @Test
  void removingWhatIsNotThereDoesNothing() {
    Inventory inventory = Inventory.of("v", List.of(A));
    assertThat(inventory.with(List.of(new Change.Remove(B.id())))).isEqualTo(inventory);
  }

  @Test
  void countsTheMachinesThatHideAFact() {
    VirtualMachine limited =
        VirtualMachine.builder(new VirtualMachineId("vc/d"), "d")
            .unreadable(Fact.HOST)
            .unreadable(Fact.IPS)
            .build();
    VirtualMachine other =
        VirtualMachine.builder(new VirtualMachineId("vc/e"), "e").unreadable(Fact.HOST).build();
    assertThat(Inventory.of("v", List.of(A, limited, other)).unreadable())
        .isEqualTo(Map.of(Fact.HOST, 2L, Fact.IPS, 1L));
  }

  @Test
  void doesNotFollowTheListItWasMadeFrom() {
    var machines = new ArrayList<>(List.of(A));
    Inventory inventory = Inventory.of("v", machines);
    machines.add(B);
    assertThat(inventory.size()).isEqualTo(1);
    assertThatThrownBy(() -> inventory.machines().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static VirtualMachine machine(String name, int cpus) {
    return VirtualMachine.builder(new VirtualMachineId("vc/" + name), name).numCpu(cpus).build();
  }
}
