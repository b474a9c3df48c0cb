package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
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

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void isTheSameWhetherItWasChangedBitByBitOrMadeAtOnce(long seed) {
    Random random = new Random(seed);
    Map<VirtualMachineId, VirtualMachine> expected = new HashMap<>();
    Inventory first = Inventory.of("v", List.of());
    Inventory inventory = first;
    for (int step = 0; step < 200; step++) {
      List<Change> changes = new ArrayList<>();
      for (int i = random.nextInt(50); i > 0; i--) {
        VirtualMachine machine = machine(random, 2_000);
        boolean gone = random.nextInt(5) == 0;
        changes.add(gone ? new Change.Remove(machine.id()) : new Change.Put(machine));
        expected.merge(machine.id(), machine, (before, after) -> after);
        if (gone) {
          expected.remove(machine.id());
        }
      }
      Inventory earlier = inventory;
      inventory = earlier.with(changes);
      Inventory anew = Inventory.of("v", expected.values());
      assertThat(inventory).isEqualTo(anew).hasSameHashCodeAs(anew);
      assertThat(inventory.size()).isEqualTo(expected.size());
      assertThat(new HashSet<>(inventory.machines())).isEqualTo(new HashSet<>(expected.values()));
      assertThat(inventory.unreadable()).isEqualTo(anew.unreadable());
      assertThat(earlier.with(inventory.changesSince(earlier))).isEqualTo(inventory);
      assertThat(inventory.with(first.changesSince(inventory))).isEqualTo(first);
      assertThat(inventory.find(new VirtualMachineId("vc/none"))).isEmpty();
    }
    assertThat(first.size()).isZero();
  }

  @Test
  void knowsWhatItWasMadeFrom() {
    Inventory inventory = Inventory.of("v", List.of(A));
    Inventory later = inventory.with(List.of(new Change.Put(B)));
    assertThat(later.hasOriginOf(inventory.with(List.of(new Change.Remove(A.id()))))).isTrue();
    assertThat(later.hasOriginOf(Inventory.of("v", List.of(A, B)))).isFalse();
  }

  @Test
  void changesOfOneMachineInOneListCountInTheirOrder() {
    Inventory inventory = Inventory.of("v", List.of(A));
    assertThat(inventory.with(List.of(new Change.Put(B), new Change.Put(B2))))
        .isEqualTo(Inventory.of("v", List.of(A, B2)));
    assertThat(inventory.with(List.of(new Change.Put(B), new Change.Remove(B.id()))))
        .isEqualTo(inventory);
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

  private static VirtualMachine machine(Random random, int numbers) {
    String name = "m" + random.nextInt(numbers);
    VirtualMachine.Builder machine =
        VirtualMachine.builder(new VirtualMachineId("vc/" + name), name)
            .numCpu(1 + random.nextInt(3));
    return random.nextInt(10) == 0 ? machine.unreadable(Fact.IPS).build() : machine.build();
  }

  private static VirtualMachine machine(String name, int cpus) {
    return VirtualMachine.builder(new VirtualMachineId("vc/" + name), name).numCpu(cpus).build();
  }
}
