package io.vminventory.vsphere;

import static io.vminventory.vsphere.Simulators.ann;
import static io.vminventory.vsphere.Simulators.provider;
import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.InventorySession;
import io.vminventory.api.SessionPurpose;
import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.relay.RelayFault;
import io.vminventory.testkit.vcenter.SimulatedFault;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions whose logout failed are logged out as soon as the server can be reached. */
@Timeout(60)
@Tag("slow")
class LogoutQueueTest {

  private VcenterSimulator vcenter;
  private FaultRelay relay;
  private VsphereProvider provider;

  @BeforeEach
  void start() throws Exception {
    vcenter = Simulators.builder().account("ann", "ann's").start();
    relay = FaultRelay.to("127.0.0.1", vcenter.port()).start();
    provider =
        provider(vcenter, Map.of("host", "127.0.0.1:" + relay.port(), "connect-timeout", "1s"));
  }

  @AfterEach
  void stop() {
    relay.close();
    vcenter.close();
  }

  @Test
  void logoutOverADeadConnectionIsRepeatedOverANewOne() throws Exception {
    InventorySession session = provider.open(ann(), SessionPurpose.WATCH);
    relay.inject(RelayFault.reset());
    session.close();
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void failedLogoutsAreRetriedAtTheNextLogin() throws Exception {
    List<InventorySession> sessions = open(2);
    end(sessions);
    try (InventorySession next = provider.open(ann(), SessionPurpose.WATCH)) {
      assertThat(vcenter.sessions()).hasSize(1);
      assertThat(next).isNotNull();
    }
    assertThat(vcenter.sessions()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("otherResponses")
  void responseThatIsNotOfTheApiDoesNotCount(SimulatedFault response) throws Exception {
    vcenter.faults().inject("Logout", 2, response);
    open(1).forEach(InventorySession::close);
    assertThat(vcenter.sessions()).hasSize(1);
    open(1).forEach(InventorySession::close);
    assertThat(vcenter.sessions()).isEmpty();
  }

  private static List<SimulatedFault> otherResponses() {
    return List.of(SimulatedFault.httpStatus(503), SimulatedFault.garbage());
  }

  @Test
  void manyFailedLogoutsAreRetriedAFewAtATime() throws Exception {
    end(open(10));
    open(1).forEach(InventorySession::close);
    assertThat(vcenter.sessions()).hasSize(2);
    open(1).forEach(InventorySession::close);
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void logoutOfAnUnknownSessionIsNotRetried() throws Exception {
    end(open(2));
    vcenter.endSessions();
    vcenter.resetRequestCounts();
    open(1).forEach(InventorySession::close);
    open(1).forEach(InventorySession::close);
    assertThat(vcenter.requests("Logout")).isEqualTo(4);
  }

  @Test
  void hundredsOfSessionsThatEndAtOnceAllLogOut() throws Exception {
    provider = provider(vcenter, Map.of("max-logins-per-second", "1000"));
    List<InventorySession> sessions = open(200);
    List<Thread> ends = new ArrayList<>();
    for (InventorySession session : sessions) {
      session.next(Duration.ZERO);
      session.next(Duration.ZERO);
      ends.add(new Thread(session::close, "end"));
    }
    ends.forEach(Thread::start);
    for (Thread end : ends) {
      end.join(Duration.ofSeconds(20).toMillis());
    }
    assertThat(vcenter.sessions()).isEmpty();
    assertThat(vcenter.requests("Logout")).isEqualTo(200);
  }

  @Test
  void closeOfTheProviderRetriesThemAll() throws Exception {
    end(open(6));
    provider.close();
    provider.close();
    assertThat(vcenter.sessions()).isEmpty();
  }

  @Test
  void closeOfTheProviderEndsInTimeIfTheServerCannotBeReached() throws Exception {
    List<InventorySession> sessions = open(2);
    end(sessions);
    relay.inject(RelayFault.refuse());
    long start = System.nanoTime();
    provider.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    assertThat(vcenter.sessions()).hasSize(2);
  }

  private List<InventorySession> open(int count) throws Exception {
    List<InventorySession> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sessions.add(provider.open(ann(), SessionPurpose.WATCH));
    }
    return sessions;
  }

  /** Ends sessions while the server cannot be reached. */
  private void end(List<InventorySession> sessions) {
    relay.inject(RelayFault.refuse());
    relay.inject(RelayFault.reset());
    sessions.forEach(InventorySession::close);
    assertThat(vcenter.sessions()).hasSize(sessions.size());
    relay.heal();
  }
}
