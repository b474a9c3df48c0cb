package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Secret;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits on what all tenants together use of one server. */
@Timeout(60)
@Tag("embedded")
class ServerLimitsTest {

  private VcenterSimulator vcenter;

  @BeforeEach
  void start() {
    vcenter =
        Simulators.builder().account("ann", "ann's").machine(SimulatedMachine.named("m")).start();
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  @Test
  void loginsAreSpreadInTime() throws Exception {
    ServerLimits limits = new ServerLimits(new ServerLimits.Quota(9, 50, 9));
    long start = System.nanoTime();
    for (int i = 0; i < 6; i++) {
      limits.awaitLogin();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(95));
  }

  @Test
  void unusedLoginsAreNotSavedUp() throws Exception {
    ServerLimits limits = new ServerLimits(new ServerLimits.Quota(9, 10, 9));
    limits.awaitLogin();
    limits.awaitLogin();
    Thread.currentThread().interrupt();
    assertThatThrownBy(limits::awaitLogin).isInstanceOf(InterruptedException.class);
  }

  @Test
  void readThatCannotBeginInTimeFails() throws Exception {
    ServerLimits limits = new ServerLimits(new ServerLimits.Quota(9, 10, 1));
    limits.acquireRead(Deadline.in(Duration.ofSeconds(30)));
    assertThatThrownBy(() -> limits.acquireRead(Deadline.in(Duration.ZERO)))
        .isInstanceOf(IncompleteReadException.class);
    limits.releaseRead();
    limits.acquireRead(Deadline.in(Duration.ofSeconds(30)));
  }

  @Test
  void sessionsBeyondTheLimitAreRefusedUntilOneEnds() throws Exception {
    VsphereProvider provider = Simulators.provider(vcenter, Map.of("max-sessions", "1"));
    try (InventorySession first = provider.open(Simulators.ann(), SessionPurpose.WATCH)) {
      first.next(Duration.ZERO);
      InventoryException refused =
          catchThrowableOfType(
              InventoryException.class,
              () -> provider.open(Simulators.ann(), SessionPurpose.WATCH).close());
      assertThat(refused.failure()).isEqualTo(Failure.UNAVAILABLE);
      assertThat(refused).hasMessageContaining("max-sessions");
      assertThat(vcenter.requests("Login")).isEqualTo(1);
    }
    vcenter.faults().failLogins(1);
    assertThatThrownBy(() -> provider.open(withPassword("x"), SessionPurpose.WATCH))
        .isInstanceOf(InventoryException.class);
    provider.open(Simulators.ann(), SessionPurpose.WATCH).close();
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void refusedAccountIsNotTriedAgainForAnyTenant() throws Exception {
    VsphereProvider provider = Simulators.provider(vcenter, Map.of());
    for (String tenant : new String[] {"one", "two", "three"}) {
      Tenant wrong =
          new Tenant(new TenantId("default", tenant), "ann", Secret.of("wr0ng"), "target");
      InventoryException refused =
          catchThrowableOfType(
              InventoryException.class, () -> provider.open(wrong, SessionPurpose.WATCH).close());
      assertThat(refused.failure()).isEqualTo(Failure.DENIED);
      assertThat(refused).hasMessageContaining("'ann'");
    }
    assertThat(vcenter.requests("Login")).isEqualTo(1);

    provider.open(Simulators.ann(), SessionPurpose.WATCH).close();
    assertThat(vcenter.requests("Login")).isEqualTo(2);
  }

  @Test
  void cooldownEnds() {
    LoginBreaker breaker = new LoginBreaker(Duration.ZERO);
    breaker.recordRefusal(Simulators.ann());
    assertThat(breaker.cooldownLeft(Simulators.ann())).isEmpty();

    LoginBreaker later = new LoginBreaker(Duration.ofMinutes(5));
    later.recordRefusal(Simulators.ann());
    assertThat(later.cooldownLeft(Simulators.ann()).orElseThrow())
        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    assertThat(later.cooldownLeft(withPassword("another"))).isEmpty();
  }

  private static Tenant withPassword(String password) {
    return new Tenant(Simulators.TENANT, "ann", Secret.of(password), "ann");
  }
}
