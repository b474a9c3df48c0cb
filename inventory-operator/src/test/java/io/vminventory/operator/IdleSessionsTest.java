package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.vcenter.SimulatedFault;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Sessions that the server ends after an idle time. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class IdleSessionsTest {

  @Test
  void waitingKeepsShortLivedSessionsAlive() throws Exception {
    try (EmbeddedPeers peers =
            new EmbeddedPeers(builder -> builder.sessionIdleTimeout(Duration.ofSeconds(1)));
        FaultFixture faults = new FaultFixture(peers)) {
      faults.upToDate();
      int logins = peers.vcenter().requests("Login");
      faults.assertRecordsUnchangedFor(Duration.ofSeconds(4));
      faults.changeMachines();
      faults.awaitConvergence();
      assertThat(peers.vcenter().requests("Login")).isEqualTo(logins);
    }
  }

  @Test
  void sessionExpiredDuringAnApiServerOutageIsReplaced() throws Exception {
    try (EmbeddedPeers peers =
            new EmbeddedPeers(builder -> builder.sessionIdleTimeout(Duration.ofMillis(1_500)));
        FaultFixture faults = new FaultFixture(peers)) {
      faults.upToDate();
      FaultFixture.takeDown(faults.apiServer());
      faults.changeMachines();
      Eventually.within(OperatorFixture.TIMEOUT).until(() -> peers.sessions() == 0);
      faults.heal();
      faults.awaitConvergence();
    }
  }

  /** Only the server knows that session, since its key was in the lost response. */
  @Test
  void sessionWithALostLoginResponseIsEndedByTheServer() throws Exception {
    try (EmbeddedPeers peers =
            new EmbeddedPeers(builder -> builder.sessionIdleTimeout(Duration.ofSeconds(3)));
        FaultFixture faults = new FaultFixture(peers)) {
      faults.upToDate();
      int logins = peers.vcenter().requests("Login");
      peers.vcenter().faults().inject("Login", SimulatedFault.cutAfter(0));
      peers.endSessions();
      faults.changeMachines();
      faults.awaitConvergence();
      assertThat(peers.vcenter().requests("Login")).isGreaterThanOrEqualTo(logins + 2);
      Eventually.within(OperatorFixture.TIMEOUT).until(() -> peers.sessions() == 1);
    }
  }
}
