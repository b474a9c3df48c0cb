package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.k8s.Names;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.relay.RelayFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults between the operator and a vCenter, embedded or real. */
abstract class VcenterFaultScenarios extends FaultScenarios {

  @Test
  void connectionResetWhileWaitingIsReplacedSilently() throws Exception {
    withDefaultTimeouts();
    faults.awaitMinimumSessionAge();
    faults.vcenter().inject(RelayFault.reset());
    faults.changeMachines();
    faults.awaitConvergence();
    assertThat(faults.history().reasons()).endsWith("UpToDate").doesNotContain("ServerUnavailable");
  }

  @Test
  void connectionClosedWhileWaitingIsReplaced() {
    faults.vcenter().inject(RelayFault.cutAfter(0, 1));
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void sessionEndedByAnAdministratorIsReplacedSilently() throws Exception {
    withDefaultTimeouts();
    faults.awaitMinimumSessionAge();
    peers().endSessions();
    faults.changeMachines();
    faults.awaitConvergence();
    assertThat(faults.history().reasons()).endsWith("UpToDate").doesNotContain("ServerUnavailable");
  }

  @Test
  void halfOpenConnectionIsDetectedAndRecordsStay() {
    faults.vcenter().inject(RelayFault.blackHole());
    faults.awaitNotReady("ServerUnavailable");
    faults.changeMachines();
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(4));
    assertThat(faults.operator().condition(TENANT, "Authenticated").orElseThrow().status())
        .isEqualTo("Unknown");
    faults.heal();
    faults.awaitConvergence();
  }

  @Test
  void vcenterOutageIsReportedAndSurvived() {
    FaultFixture.takeDown(faults.vcenter());
    faults.changeMachines();
    faults.awaitNotReady("ServerUnavailable");
    faults.awaitSyncedMessage("refuses connections");
    faults.awaitHealth("/readyz", "200 ok");
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(4));
    faults.heal();
    faults.awaitConvergence();
  }

  @Test
  void consecutiveConnectionResetsAreSurvived() {
    faults.vcenter().inject(RelayFault.resetNext(6));
    faults.vcenter().inject(RelayFault.reset());
    faults.changeMachines();
    faults.awaitNotReady("ServerUnavailable");
    faults.awaitConvergence();
  }

  @Test
  void stalledNetworkLosesNothing() {
    faults.vcenter().inject(RelayFault.hold());
    faults.changeMachines();
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(3));
    faults.heal();
    faults.awaitConvergence();
  }

  @Test
  void corruptedBytesAreRejected() {
    faults.vcenter().inject(RelayFault.corruptAfter(0));
    faults.changeMachines();
    Eventually.within(OperatorFixture.TIMEOUT)
        .until(
            () -> faults.operator().condition(TENANT, "Ready").filter(c -> !c.holds()).isPresent());
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(2));
    faults.heal();
    faults.awaitConvergence();
  }

  /** The first number is within the handshake, the others are within the read. */
  @ParameterizedTest
  @ValueSource(ints = {900, 14_000, 24_000})
  void truncatedReadIsDiscarded(int bytes) {
    faults.operator().annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, "now");
    faults.vcenter().inject(RelayFault.cutAfter(bytes, 2));
    faults.vcenter().inject(RelayFault.reset());
    faults.changeMachines();
    faults.awaitConvergence();
    faults.awaitHandled("now");
  }

  @Test
  void slowConnectionOnlyDelaysChanges() {
    faults.vcenter().inject(RelayFault.throttle(30_000));
    faults.vcenter().inject(RelayFault.reset());
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void tooSlowConnectionIsReportedAndAppliesNothingPartial() {
    faults.vcenter().inject(RelayFault.throttle(400));
    faults.vcenter().inject(RelayFault.reset());
    faults.changeMachines();
    faults.awaitNotReady("ServerUnavailable");
    faults.awaitSyncedMessage("raise silence-timeout and request-timeout");
    faults.assertRecordsUnchanged();
    faults.heal();
    faults.awaitConvergence();
  }

  @Test
  void highLatencyServerIsFollowed() throws Exception {
    withDefaultTimeouts();
    faults.vcenter().inject(RelayFault.delay(Duration.ofMillis(150)));
    faults.changeMachines();
    faults.awaitConvergence();
    faults.operator().annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, "now");
    faults.awaitHandled("now");
    assertThat(faults.history().reasons()).endsWith("UpToDate").doesNotContain("ServerUnavailable");
  }
}
