package io.vminventory.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualMachineTest {

  private static final VirtualMachineId ID = new VirtualMachineId("vc/vm-1");

  @Test
  void whatIsNotSetIsUnknown() {
    VirtualMachine machine = VirtualMachine.builder(ID, "web").build();
    assertThat(machine.powerState()).isEmpty();
    assertThat(machine.numCpu()).isEmpty();
    assertThat(machine.ips()).isEmpty();
    assertThat(machine.primaryIP()).isEmpty();
    assertThat(machine.unreadable()).isEmpty();
  }

  @Test
  void keepsWhatItWasBuiltWith() {
    List<String> ips = new ArrayList<>(List.of("10.0.0.1", "10.0.0.2"));
    VirtualMachine machine = VirtualMachine.builder(ID, "web").ips(ips).build();
    ips.clear();
    assertThat(machine.ips()).containsExactly("10.0.0.1", "10.0.0.2");
    assertThat(machine.primaryIP()).contains("10.0.0.1");
  }

  @Test
  void factsOutOfBoundsAreNamed() {
    assertThatThrownBy(() -> VirtualMachine.builder(ID, "web").numCpu(0).build())
        .hasMessage("numCpu must be at least 1, not 0");
    assertThatThrownBy(() -> VirtualMachine.builder(ID, " ").build())
        .hasMessage("name must not be blank");
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
