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

/** Servers that end sessions which are not used for a while. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class IdleSessionsTest {

  @Test
  void sessionsThatExpireSoonAreKeptAliveByWaiting() throws Exception {
    try (EmbeddedPeers peers =
            new EmbeddedPeers(builder -> builder.sessionIdleTimeout(Duration.ofSeconds(1)));
        FaultBench faults = new FaultBench(peers)) {
      faults.upToDate();
      int logins = peers.vcenter().requests("Login");
      faults.assertUntouchedFor(Duration.ofSeconds(4));
      faults.changeTheWorld();
      faults.awaitTruth();
      assertThat(peers.vcenter().requests("Login")).isEqualTo(logins);
    }
  }

  @Test
  void aSessionThatExpiredWhileTheRecordsCouldNotBeWrittenIsReplaced() throws Exception {
    try (EmbeddedPeers peers =
            new EmbeddedPeers(builder -> builder.sessionIdleTimeout(Duration.ofMillis(1_500)));
        FaultBench faults = new FaultBench(peers)) {
      faults.upToDate();
      FaultBench.down(faults.apiServer());
      faults.changeTheWorld();
      Eventually.within(OperatorBench.PATIENCE).until(() -> peers.sessions() == 0);
      faults.heal();
      faults.awaitTruth();
    }
  }

  /** Nobody but the server knows that session: its name was in the answer. */
  @Test
  void aSessionWhoseLoginAnswerWasLostIsEndedByTheServer() throws Exception {
    try (EmbeddedPeers peers =
            new EmbeddedPeers(builder -> builder.sessionIdleTimeout(Duration.ofSeconds(3)));
        FaultBench faults = new FaultBench(peers)) {
      faults.upToDate();
      int logins = peers.vcenter().requests("Login");
      peers.vcenter().faults().next("Login", SimulatedFault.cutAfter(0));
      peers.endSessions();
      faults.changeTheWorld();
      faults.awaitTruth();
      assertThat(peers.vcenter().requests("Login")).isGreaterThanOrEqualTo(logins + 2);
      Eventually.within(OperatorBench.PATIENCE).until(() -> peers.sessions() == 1);
    }
  }
}
