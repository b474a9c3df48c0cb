package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.k8s.Names;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.relay.RelayFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the way to a vCenter, whichever it is. */
abstract class VcenterFaultScenarios extends FaultScenarios {

  @Test
  void aConnectionThatIsResetWhileWaitingIsReplacedWithoutAWord() throws Exception {
    withPatience();
    faults.awaitSeasoned();
    faults.vcenter().inject(RelayFault.reset());
    faults.changeTheWorld();
    faults.awaitTruth();
    assertThat(faults.history().said()).endsWith("UpToDate").doesNotContain("ServerUnavailable");
  }

  @Test
  void aConnectionThatEndsWhileWaitingIsReplaced() {
    faults.vcenter().inject(RelayFault.cutAfter(0, 1));
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void aSessionThatAnAdministratorEndsIsReplacedWithoutAWord() throws Exception {
    withPatience();
    faults.awaitSeasoned();
    peers().endSessions();
    faults.changeTheWorld();
    faults.awaitTruth();
    assertThat(faults.history().said()).endsWith("UpToDate").doesNotContain("ServerUnavailable");
  }

  @Test
  void aHalfOpenConnectionIsNoticedAndTheRecordsStay() {
    faults.vcenter().inject(RelayFault.blackHole());
    faults.changeTheWorld();
    faults.awaitTrouble("ServerUnavailable");
    faults.assertUntouched();
    faults.heal();
    faults.awaitTruth();
  }

  @Test
  void aLongBlackHoleIsNotForgottenBySlowBackOff() {
    faults.vcenter().inject(RelayFault.blackHole());
    faults.awaitTrouble("ServerUnavailable");
    faults.changeTheWorld();
    faults.assertUntouchedFor(Duration.ofSeconds(4));
    assertThat(faults.bench().condition(TENANT, "Authenticated").orElseThrow().status())
        .isEqualTo("Unknown");
    faults.heal();
    faults.awaitTruth();
  }

  @Test
  void aServerThatIsDownIsSaidAndFoundAgain() {
    FaultBench.down(faults.vcenter());
    faults.changeTheWorld();
    faults.awaitTrouble("ServerUnavailable");
    faults.awaitSyncedMessage("refuses connections");
    faults.awaitHealth("/readyz", "200 ok");
    faults.assertUntouchedFor(Duration.ofSeconds(4));
    faults.heal();
    faults.awaitTruth();
  }

  @Test
  void aNetworkThatResetsOneConnectionAfterTheOtherIsOutlasted() {
    faults.vcenter().inject(RelayFault.resetNext(6));
    faults.vcenter().inject(RelayFault.reset());
    faults.changeTheWorld();
    faults.awaitTrouble("ServerUnavailable");
    faults.awaitTruth();
  }

  @Test
  void aNetworkThatStallsLosesNothing() {
    faults.vcenter().inject(RelayFault.hold());
    faults.changeTheWorld();
    faults.assertUntouchedFor(Duration.ofSeconds(3));
    faults.heal();
    faults.awaitTruth();
  }

  @Test
  void bytesThatAreCorruptedOnTheWayAreNotBelieved() {
    faults.vcenter().inject(RelayFault.corruptAfter(0));
    faults.changeTheWorld();
    Eventually.within(OperatorBench.PATIENCE)
        .until(() -> faults.bench().condition(TENANT, "Ready").filter(c -> !c.holds()).isPresent());
    faults.assertUntouchedFor(Duration.ofSeconds(2));
    faults.heal();
    faults.awaitTruth();
  }

  /** The first is within the handshake, the others within what is read. */
  @ParameterizedTest
  @ValueSource(ints = {900, 14_000, 24_000})
  void aReadThatIsCutAnywhereIsNoRead(int bytes) {
    faults.bench().annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, "now");
    faults.vcenter().inject(RelayFault.cutAfter(bytes, 2));
    faults.vcenter().inject(RelayFault.reset());
    faults.changeTheWorld();
    faults.awaitTruth();
    faults.awaitAnswered("now");
  }

  @Test
  void aSlowLineIsSlowAndNothingElse() {
    faults.vcenter().inject(RelayFault.drip(30_000));
    faults.vcenter().inject(RelayFault.reset());
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void aLineThatIsTooSlowIsSaidAndTellsNoHalfTruths() {
    faults.vcenter().inject(RelayFault.drip(400));
    faults.vcenter().inject(RelayFault.reset());
    faults.changeTheWorld();
    faults.awaitTrouble("ServerUnavailable");
    faults.awaitSyncedMessage("raise silence-timeout and request-timeout");
    faults.assertUntouched();
    faults.heal();
    faults.awaitTruth();
  }

  @Test
  void aDistantServerIsFollowedAllTheSame() throws Exception {
    withPatience();
    faults.vcenter().inject(RelayFault.delay(Duration.ofMillis(150)));
    faults.changeTheWorld();
    faults.awaitTruth();
    faults.bench().annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, "now");
    faults.awaitAnswered("now");
    assertThat(faults.history().said()).endsWith("UpToDate").doesNotContain("ServerUnavailable");
  }
}
