package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("pure")
class VirtualMachineTest {

  private static final VirtualMachineId ID = new VirtualMachineId("vc/vm-1");

  private static VirtualMachine machine(Consumer<VirtualMachine.Builder> facts) {
    VirtualMachine.Builder builder = VirtualMachine.builder(ID, "web");
    facts.accept(builder);
    return builder.build();
  }

  private static List<Consumer<VirtualMachine.Builder>> everyFact() {
    return List.of(
        builder -> builder.name("db"),
        builder -> builder.powerState(PowerState.POWERED_ON),
        builder -> builder.numCpu(2),
        builder -> builder.memoryMB(2048),
        builder -> builder.ips(List.of("10.0.0.1")),
        builder -> builder.nics(List.of(Nic.of("00:50:56:00:00:01", null, List.of()))),
        builder -> builder.guestHostName("x"),
        builder -> builder.guestOS("x"),
        builder -> builder.toolsStatus("x"),
        builder -> builder.template(true),
        builder -> builder.host("x"),
        builder -> builder.cluster("x"),
        builder -> builder.datacenter("x"),
        builder -> builder.folder("x"),
        builder -> builder.instanceUuid("x"),
        builder -> builder.biosUuid("x"),
        builder -> builder.unknown(Fact.HOST),
        builder -> builder.unreadable(Fact.HOST));
  }

  @ParameterizedTest
  @MethodSource("everyFact")
  void machinesDifferIfOneFactDiffers(Consumer<VirtualMachine.Builder> fact) {
    assertThat(machine(fact)).isNotEqualTo(machine(none -> {})).isEqualTo(machine(fact));
    assertThat(machine(fact)).hasSameHashCodeAs(machine(fact));
  }

  @Test
  void factThatIsNotSetIsNone() {
    VirtualMachine machine = machine(none -> {});
    assertThat(machine.powerState()).isEmpty();
    assertThat(machine.numCpu()).isEmpty();
    assertThat(machine.ips()).isEmpty();
    assertThat(machine.primaryIP()).isEmpty();
    assertThat(machine.unknown()).isEmpty();
    assertThat(machine.unreadable()).isEmpty();
  }

  @Test
  void factSetToNullIsNone() {
    assertThat(machine(facts -> facts.numCpu(2).numCpu(null))).isEqualTo(machine(none -> {}));
  }

  @Test
  void builtMachineDoesNotChange() {
    List<String> ips = new ArrayList<>(List.of("10.0.0.1", "10.0.0.2"));
    VirtualMachine.Builder builder = VirtualMachine.builder(ID, "web").ips(ips).host("esx-1");
    VirtualMachine machine = builder.build();
    ips.clear();
    builder.host("esx-2").unknown(Fact.IPS);
    assertThat(machine.ips()).containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(machine.primaryIP()).contains("10.0.0.1");
    assertThat(machine.host()).contains("esx-1");
    assertThat(machine.unknown()).isEmpty();
  }

  @Test
  void unknownFactHasNoValue() {
    VirtualMachine machine =
        machine(
            facts ->
                facts.numCpu(2).ips(List.of("10.0.0.1")).unknown(Fact.IPS).unknown(Fact.NUM_CPU));
    assertThat(machine.numCpu()).isEmpty();
    assertThat(machine.ips()).isEmpty();
    assertThat(machine.unknown()).containsExactly(Fact.NUM_CPU, Fact.IPS);
  }

  @Test
  void nameThatIsNotSetIsUnknownForNow() {
    VirtualMachine machine = VirtualMachine.builder(ID).build();
    assertThat(machine.unknown()).containsExactly(Fact.NAME);
    assertThat(machine.name()).isEqualTo("vm-1");
  }

  @Test
  void nameThatMayNotBeReadIsNotUnknown() {
    VirtualMachine machine = VirtualMachine.builder(ID).unreadable(Fact.NAME).build();
    assertThat(machine.unknown()).isEmpty();
    assertThat(machine.unreadable()).containsExactly(Fact.NAME);
  }

  @Test
  void standInForANameIsNeverBlank() {
    assertThat(VirtualMachine.builder(new VirtualMachineId("node/")).build().name())
        .isEqualTo("node/");
  }

  @Test
  void machineOfWhichNothingIsKnownHasOnlyUnknownFacts() {
    VirtualMachine machine = VirtualMachine.unknownForNow(ID);
    assertThat(machine.id()).isEqualTo(ID);
    assertThat(machine.unknown()).containsExactly(Fact.values());
    assertThat(machine.powerState()).isEqualTo(Optional.empty());
  }

  @Test
  void factsOutOfBoundsAreNamed() {
    assertThatThrownBy(() -> machine(facts -> facts.numCpu(0)))
        .hasMessage("numCpu must be at least 1, not 0");
    assertThatThrownBy(() -> machine(facts -> facts.memoryMB(-1)))
        .hasMessage("memoryMB must be at least 1, not -1");
    assertThatThrownBy(() -> machine(facts -> facts.name(" ")))
        .hasMessage("name must not be blank");
  }

  @Test
  void everyFactPrintsAsAnAccessor() {
    assertThat(Fact.values())
        .allSatisfy(
            fact -> assertThat(VirtualMachine.class.getMethod(fact.toString())).isNotNull());
  }

  @Test
  void idsHoldPrintableAsciiOnly() {
    for (String bad : List.of("", "a b", "a\n", "ü", "x".repeat(254))) {
      assertThatThrownBy(() -> new VirtualMachineId(bad))
          .as("id '%s'", bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new VirtualMachineId("x".repeat(253)).value()).hasSize(253);
  }
}
