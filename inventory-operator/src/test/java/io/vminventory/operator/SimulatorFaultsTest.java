package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.k8s.Names;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.vcenter.SimulatedFault;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong within a vCenter, call by call, which only a simulated one does on demand. */
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
    faults.bench().annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, "now");
  }

  @Test
  void aServerThatRestartsForgetsSessionsAndNothingElse() {
    vcenter().restart();
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void collectorsThatAreForgottenAreMadeAgain() {
    vcenter().forgetCollectors();
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void aVersionThatIsRefusedIsFollowedByACompleteRead() {
    int logins = vcenter().requests("Login");
    vcenter().invalidateVersions();
    faults.changeTheWorld();
    faults.awaitTruth();
    assertThat(vcenter().requests("Login")).isEqualTo(logins);
    assertThat(faults.history().said()).doesNotContain("ServerUnavailable");
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST_PAGE, NEXT_PAGE, UPDATES})
  void aSessionThatEndsWithinAnAnswerHidesNoMachine(String method) {
    vcenter().faults().next(method, SimulatedFault.notAuthenticatedInside());
    readAgain();
    faults.changeTheWorld();
    faults.awaitTruth();
    faults.awaitAnswered("now");
  }

  @ParameterizedTest
  @ValueSource(strings = {FIRST_PAGE, NEXT_PAGE, UPDATES})
  void anAnswerThatIsCutIsNoAnswer(String method) {
    vcenter().faults().next(method, 2, SimulatedFault.cutAfter(2_000));
    readAgain();
    faults.changeTheWorld();
    faults.awaitTruth();
    faults.awaitAnswered("now");
  }

  @Test
  void aSetOfUpdatesThatBreaksOffBetweenItsPartsIsNotHalfBelieved() {
    vcenter().faults().afterSome(UPDATES, 1, 1, SimulatedFault.cutAfter(0));
    readAgain();
    faults.changeTheWorld();
    for (int i = 0; i < 12; i++) {
      faults.create("bulk");
    }
    faults.awaitTruth();
  }

  @Test
  void aCaptivePortalIsNoVcenter() {
    vcenter().faults().next(ANY, 500, SimulatedFault.garbage());
    faults.changeTheWorld();
    faults.awaitTrouble("ServerMisconfigured");
    assertThat(faults.bench().condition(TENANT, "Synced").orElseThrow().message())
        .contains("does not answer like a vCenter");
    assertThat(faults.bench().condition(TENANT, "Stalled")).isPresent();
    faults.assertUntouchedFor(Duration.ofSeconds(2));
    vcenter().faults().clear();
    faults.awaitTruth();
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 429})
  void anOverloadedServerIsLeftTime(int status) {
    vcenter().faults().next(ANY, 500, SimulatedFault.httpStatus(status));
    faults.changeTheWorld();
    faults.awaitTrouble("ServerUnavailable");
    assertThat(faults.bench().condition(TENANT, "Synced").orElseThrow().message())
        .contains("HTTP status " + status);
    int calls = vcenter().requests().values().stream().mapToInt(Integer::intValue).sum();
    faults.assertUntouchedFor(Duration.ofSeconds(3));
    assertThat(vcenter().requests().values().stream().mapToInt(Integer::intValue).sum() - calls)
        .as("calls in three seconds")
        .isLessThan(12);
    vcenter().faults().clear();
    faults.awaitTruth();
  }

  @Test
  void aServerThatAnswersNothingIsGivenUp() {
    vcenter().faults().next(ANY, 500, SimulatedFault.silence());
    faults.changeTheWorld();
    faults.awaitTrouble("ServerUnavailable");
    faults.assertUntouched();
    vcenter().faults().clear();
    faults.awaitTruth();
  }

  @Test
  void aServerThatFailsInsideIsSaid() {
    vcenter().faults().next(UPDATES, 500, SimulatedFault.soap("SystemError"));
    faults.changeTheWorld();
    faults.awaitTrouble("InternalError");
    assertThat(faults.bench().condition(TENANT, "Synced").orElseThrow().message())
        .contains("SystemError");
    vcenter().faults().clear();
    faults.awaitTruth();
  }

  @Test
  void aServerThatRestartsInTheMiddleOfAReadDoesNoHarm() {
    vcenter().faults().next(NEXT_PAGE, SimulatedFault.silence());
    readAgain();
    Eventually.within(OperatorBench.PATIENCE).until(() -> vcenter().faults().held() > 0);
    faults.changeTheWorld();
    vcenter().restart();
    faults.awaitTruth();
    faults.awaitAnswered("now");
  }
}
