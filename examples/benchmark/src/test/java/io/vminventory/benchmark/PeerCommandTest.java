package io.vminventory.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("embedded")
class PeerCommandTest {

  @Test
  void requestsChangeMachinesOfEachTenant() {
    try (VcenterSimulator vcenter = PeerCommand.vcenter(2, 3)) {
      assertThat(vcenter.machines().values())
          .extracting(SimulatedMachine::name)
          .containsExactlyInAnyOrder("t0-m0", "t0-m1", "t0-m2", "t1-m0", "t1-m1", "t1-m2");
      assertThat(PeerCommand.execute(vcenter, "reconfigure t1-m2 7 512")).isEqualTo("done");
      assertThat(vcenter.machine("t1-m2").memoryMB()).isEqualTo(512);
      assertThat(PeerCommand.execute(vcenter, "rename t1-m2 other")).isEqualTo("done");
      assertThat(vcenter.machine("other").folder()).endsWith("/t1");
      assertThat(PeerCommand.execute(vcenter, "sessions")).isEqualTo("0");
      assertThatThrownBy(() -> PeerCommand.execute(vcenter, "dance"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("dance");
    }
  }
}
