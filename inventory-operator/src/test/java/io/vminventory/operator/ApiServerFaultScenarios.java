package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmStatus;
import io.vminventory.testkit.relay.RelayFault;
import io.vminventory.testkit.relay.RelayRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong on the way to the API server, whichever it is. */
abstract class ApiServerFaultScenarios extends FaultScenarios {

  private static boolean writesRecord(RelayRequest request) {
    return !request.method().equals("GET") && request.path().contains("/vms");
  }

  private static boolean watchesRecords(RelayRequest request) {
    return request.path().endsWith("/vms") && request.target().contains("watch=true");
  }

  @Test
  void anApiServerThatIsDownCostsNoSession() {
    FaultBench.down(faults.apiServer());
    faults.changeTheWorld();
    faults.awaitHealth("/readyz", "503 the Kubernetes API");
    assertThat(faults.health("/livez")).isEqualTo("200 ok");
    faults.assertUntouchedFor(Duration.ofSeconds(10));
    assertThat(peers().sessions()).isEqualTo(1);
    faults.heal();
    faults.awaitTruth();
    faults.awaitHealth("/readyz", "200 ok");
    assertThat(faults.history().said()).endsWith("UpToDate");
  }

  @Test
  void anApiServerThatRestartsIsHardlyNoticed() {
    FaultBench.down(faults.apiServer());
    faults.changeTheWorld();
    faults.assertUntouchedFor(Duration.ofSeconds(1));
    faults.heal();
    faults.awaitTruth();
    assertThat(peers().sessions()).isEqualTo(1);
  }

  @Test
  void aSlowApiServerIsOnlySlow() {
    faults.apiServer().inject(RelayFault.delay(Duration.ofMillis(250)));
    faults.changeTheWorld();
    faults.awaitTruth();
    faults.awaitHealth("/readyz", "200 ok");
  }

  @Test
  void anApiServerThatAsksForPatienceGetsIt() {
    faults
        .apiServer()
        .inject(RelayFault.httpStatus(429).retryAfter(Duration.ofSeconds(1)).times(30));
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503})
  void writesThatFailAreRepeated(int status) {
    faults
        .apiServer()
        .inject(RelayFault.httpStatus(status).times(500).on(ApiServerFaultScenarios::writesRecord));
    faults.changeTheWorld();
    faults.awaitTrouble("RecordsNotWritten");
    faults.assertUntouched();
    faults.heal();
    faults.awaitTruth();
  }

  @Test
  void conflictsWithoutEndAreSaidAndOutlasted() {
    faults
        .apiServer()
        .inject(RelayFault.httpStatus(409).times(500).on(ApiServerFaultScenarios::writesRecord));
    faults.changeTheWorld();
    faults.awaitTrouble("RecordsNotWritten");
    faults.assertUntouched();
    faults.heal();
    faults.awaitTruth();
  }

  @Test
  void writesThatAreForbiddenAreSaid() {
    faults
        .apiServer()
        .inject(RelayFault.httpStatus(403).times(500).on(ApiServerFaultScenarios::writesRecord));
    faults.changeTheWorld();
    faults.awaitTrouble("RecordsNotWritten");
    faults.awaitSyncedMessage("grant the operator create, update and delete on vms.vminventory.io");
    faults.assertUntouched();
    faults.heal();
    faults.awaitTruth();
  }

  @Test
  void connectionsThatAreResetAgainAndAgainLoseNothing() {
    for (int i = 0; i < 5; i++) {
      faults.apiServer().inject(RelayFault.reset());
      faults.assertUntouchedFor(Duration.ofMillis(400));
    }
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void answersThatAreCutLoseNothing() {
    faults.apiServer().inject(RelayFault.cutAfter(100, 6));
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void aBlackHoleBeforeTheApiServerIsLeftInTime() {
    faults.apiServer().inject(RelayFault.blackHole());
    faults.changeTheWorld();
    faults.awaitHealth("/readyz", "503 the Kubernetes API");
    faults.assertUntouchedFor(Duration.ofSeconds(5));
    assertThat(peers().sessions()).isEqualTo(1);
    faults.heal();
    faults.awaitTruth();
  }

  @Test
  void aTenantThatChangesWhileItsWatchIsDeadIsNoticedAllTheSame() {
    faults.apiServer().inject(RelayFault.blackHole());
    faults.bench().setSpec(TENANT, "suspend", "true");
    faults.assertUntouchedFor(Duration.ofSeconds(1));
    faults.heal();
    faults.awaitTrouble("Suspended");
    faults.changeTheWorld();
    faults.assertUntouched();
    faults.bench().setSpec(TENANT, "suspend", "false");
    faults.awaitTruth();
  }

  @Test
  void whatIsDoneToRecordsWhileTheWatchIsBrokenIsRepaired() {
    faults
        .apiServer()
        .inject(
            RelayFault.httpStatus(503).times(5_000).on(ApiServerFaultScenarios::watchesRecords));
    faults.apiServer().inject(RelayFault.reset());
    faults.awaitHealth("/readyz", "VM records");
    VmResource edited = record(faults.lasting());
    edited.setStatus(VmStatus.empty());
    edited.getMetadata().setLabels(withNote(edited.getMetadata().getLabels()));
    peers().admin().resource(edited).update();
    VmResource removed =
        faults.bench().records().stream()
            .filter(vm -> !vm.getMetadata().getName().equals(edited.getMetadata().getName()))
            .findFirst()
            .orElseThrow();
    faults.mayDelete(removed.getSpec().source().key());
    peers().admin().resource(removed).delete();
    faults.moreChanges(2);
    faults.changeTheWorld();
    faults.heal();
    faults.awaitTruth();
    assertThat(record(faults.lasting()).getMetadata().getLabels()).containsEntry("note", "mine");
    faults.awaitHealth("/readyz", "200 ok");
  }

  private VmResource record(String machine) {
    String key = peers().key(machine);
    return faults.bench().records().stream()
        .filter(vm -> vm.getSpec().source().key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private static Map<String, String> withNote(Map<String, String> labels) {
    Map<String, String> more = new HashMap<>(labels);
    more.put("note", "mine");
    return more;
  }

  @Test
  void bothSidesDownAtOnceAreBothFoundAgain() {
    FaultBench.down(faults.apiServer());
    FaultBench.down(faults.vcenter());
    faults.changeTheWorld();
    faults.assertUntouchedFor(Duration.ofSeconds(3));
    faults.heal();
    faults.awaitTruth();
  }
}
