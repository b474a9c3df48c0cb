package io.vminventory.testkit.vcenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reads and sessions of an administrator; changes are tested with real peers. */
@Tag("embedded")
class VcenterAdminTest {

  private VcenterSimulator vcenter;

  @BeforeEach
  void start() {
    vcenter =
        VcenterSimulator.builder()
            .machines(3, i -> SimulatedMachine.named("m" + i))
            .account("root", "a<b>&c")
            .start();
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  private VcenterAdmin login() {
    return VcenterAdmin.login(vcenter.url(), vcenter.caPem(), "root", "a<b>&c");
  }

  @Test
  void serverAndMachinesAreListed() {
    try (VcenterAdmin admin = login()) {
      assertThat(admin.instanceUuid()).isEqualTo(vcenter.instanceUuid());
      assertThat(admin.machines()).containsExactlyInAnyOrderElementsOf(vcenter.machines().keySet());
      assertThat(admin.property("VirtualMachine", vcenter.id("m1"), "name")).contains(">m1<");
      assertThat(vcenter.sessions().get(0).views()).isZero();
    }
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void otherSessionsCanBeTerminated() {
    try (VcenterAdmin admin = login()) {
      assertThat(admin.otherSessions()).isEmpty();
      VcenterAdmin other = login();
      assertThat(admin.otherSessions()).hasSize(1);

      admin.otherSessions().forEach(admin::terminateSession);

      assertThat(admin.otherSessions()).isEmpty();
      assertThatThrownBy(other::machines).hasMessageContaining("NotAuthenticated");
    }
  }

  @Test
  void rejectedCallIsAnAssertionError() {
    assertThatThrownBy(() -> VcenterAdmin.login(vcenter.url(), vcenter.caPem(), "root", "wrong"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("InvalidLogin");
    try (VcenterAdmin admin = login()) {
      assertThatThrownBy(() -> admin.powerOn("vm-1"))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("PowerOnVM_Task");
    }
  }
}
