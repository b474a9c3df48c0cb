package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vminventory.k8s.Names;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.vcenter.SimulatedFault;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of single vCenter methods that only a simulated vCenter can produce on demand. */
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class SimulatorFaultsTest extends FaultScenarios {

  private static final String FIRST_PAGE = "RetrievePropertiesEx";
  private static final String NEXT_PAGE = "ContinueRetrievePropertiesEx";
  private static final String UPDATES = "WaitForUpdatesEx";
  private static final String ANY = "*";

  private final EmbeddedPeers peers = new EmbeddedPeers();

  @Override
  FaultPeers peers() {
    return peers;
  }

  @Override
  void release() {
    peers.close();
  }

  private VcenterSimulator vcenter() {
    return peers.vcenter();
  }

  private void readAgain() {
    faults.operator().annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, "now");
  }

  @Test
  void restartOfVcenterLosesOnlySessions() {
    vcenter().restart();
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void forgottenCollectorsAreCreatedAgain() {
    vcenter().discardCollectors();
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void rejectedVersionIsFollowedByACompleteRead() {
    int logins = vcenter().requests("Login");
    vcenter().invalidateVersions();
    faults.changeMachines();
    faults.awaitConvergence();
    assertThat(vcenter().requests("Login")).isEqualTo(logins);
    assertThat(faults.history().reasons()).doesNotContain("ServerUnavailable");
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST_PAGE, NEXT_PAGE, UPDATES})
  void sessionThatEndsWithinAResponseHidesNoMachine(String method) {
    vcenter().faults().inject(method, SimulatedFault.notAuthenticatedPerProperty());
    readAgain();
    faults.changeMachines();
    faults.awaitConvergence();
    faults.awaitHandled("now");
  }

  static List<Arguments> failedResponses() {
    SimulatedFault cut = SimulatedFault.cutAfter(2_000);
    return List.of(
        arguments(FIRST_PAGE, cut),
        arguments(NEXT_PAGE, cut),
        arguments(UPDATES, cut),
        arguments(NEXT_PAGE, SimulatedFault.cutAfter(0)),
        arguments(NEXT_PAGE, SimulatedFault.noResponse()),
        arguments(NEXT_PAGE, SimulatedFault.httpStatus(503)),
        arguments(NEXT_PAGE, SimulatedFault.garbage()),
        arguments(NEXT_PAGE, SimulatedFault.soap("NotAuthenticated")),
        arguments(NEXT_PAGE, SimulatedFault.soap("SystemError")));
  }

  @ParameterizedTest
  @MethodSource("failedResponses")
  void failedResponsesAreDiscardedAndRetried(String method, SimulatedFault fault) {
    vcenter().faults().inject(method, 2, fault);
    readAgain();
    faults.changeMachines();
    faults.awaitConvergence();
    faults.awaitHandled("now");
  }

  @Test
  void truncatedUpdateSetIsNotAppliedInPart() {
    vcenter().faults().injectAfter(UPDATES, 1, 1, SimulatedFault.cutAfter(0));
    readAgain();
    faults.changeMachines();
    for (int i = 0; i < 12; i++) {
      faults.create("bulk");
    }
    faults.awaitConvergence();
  }

  @Test
  void captivePortalIsNotTakenForVcenter() {
    vcenter().faults().inject(ANY, 500, SimulatedFault.garbage());
    faults.changeMachines();
    faults.awaitNotReady("ServerMisconfigured");
    assertThat(faults.operator().condition(TENANT, "Synced").orElseThrow().message())
        .contains("does not answer like a vCenter");
    assertThat(faults.operator().condition(TENANT, "Stalled")).isPresent();
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(2));
    vcenter().faults().clear();
    faults.awaitConvergence();
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 429})
  void overloadedServerIsRetriedWithBackOff(int status) {
    vcenter().faults().inject(ANY, 500, SimulatedFault.httpStatus(status));
    faults.changeMachines();
    faults.awaitNotReady("ServerUnavailable");
    assertThat(faults.operator().condition(TENANT, "Synced").orElseThrow().message())
        .contains("HTTP status " + status);
    int calls = vcenter().requests().values().stream().mapToInt(Integer::intValue).sum();
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(3));
    assertThat(vcenter().requests().values().stream().mapToInt(Integer::intValue).sum() - calls)
        .as("calls in three seconds")
        .isLessThan(12);
    vcenter().faults().clear();
    faults.awaitConvergence();
  }

  @Test
  void unresponsiveServerTimesOut() {
    vcenter().faults().inject(ANY, 500, SimulatedFault.noResponse());
    faults.changeMachines();
    faults.awaitNotReady("ServerUnavailable");
    faults.assertRecordsUnchanged();
    vcenter().faults().clear();
    faults.awaitConvergence();
  }

  @Test
  void internalErrorOfVcenterIsReported() {
    vcenter().faults().inject(UPDATES, 500, SimulatedFault.soap("SystemError"));
    faults.changeMachines();
    faults.awaitNotReady("InternalError");
    assertThat(faults.operator().condition(TENANT, "Synced").orElseThrow().message())
        .contains("SystemError");
    vcenter().faults().clear();
    faults.awaitConvergence();
  }

  @Test
  void restartDuringAReadRemovesNothing() {
    vcenter().faults().inject(NEXT_PAGE, SimulatedFault.noResponse());
    readAgain();
    Eventually.within(OperatorFixture.TIMEOUT).until(() -> vcenter().faults().held() > 0);
    faults.changeMachines();
    vcenter().restart();
    faults.awaitConvergence();
    faults.awaitHandled("now");
  }
}
