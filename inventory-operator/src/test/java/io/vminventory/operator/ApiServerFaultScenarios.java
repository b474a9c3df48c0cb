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

/** Faults between the operator and an API server, embedded or real. */
abstract class ApiServerFaultScenarios extends FaultScenarios {

  private static boolean writesRecord(RelayRequest request) {
    return !request.method().equals("GET") && request.path().contains("/vms");
  }

  private static boolean watchesRecords(RelayRequest request) {
    return request.path().endsWith("/vms") && request.target().contains("watch=true");
  }

  @Test
  void apiServerOutageCostsNoSession() {
    FaultFixture.takeDown(faults.apiServer());
    faults.changeMachines();
    faults.awaitHealth("/readyz", "503 the Kubernetes API");
    assertThat(faults.health("/livez")).isEqualTo("200 ok");
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(10));
    assertThat(peers().sessions()).isEqualTo(1);
    faults.heal();
    faults.awaitConvergence();
    faults.awaitHealth("/readyz", "200 ok");
    assertThat(faults.history().reasons()).endsWith("UpToDate");
  }

  @Test
  void slowApiServerOnlyDelaysWrites() {
    faults.apiServer().inject(RelayFault.delay(Duration.ofMillis(250)));
    faults.changeMachines();
    faults.awaitConvergence();
    faults.awaitHealth("/readyz", "200 ok");
  }

  @Test
  void retryAfterOfTheApiServerIsRespected() {
    faults
        .apiServer()
        .inject(RelayFault.httpStatus(429).retryAfter(Duration.ofSeconds(1)).times(30));
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 500, 503})
  void failedWritesAreRetried(int status) {
    faults
        .apiServer()
        .inject(
            RelayFault.httpStatus(status)
                .times(500)
                .matching(ApiServerFaultScenarios::writesRecord));
    faults.changeMachines();
    faults.awaitNotReady("RecordsNotWritten");
    faults.assertRecordsUnchanged();
    faults.heal();
    faults.awaitConvergence();
  }

  @Test
  void forbiddenWritesAreReportedWithTheMissingRight() {
    faults
        .apiServer()
        .inject(
            RelayFault.httpStatus(403).times(500).matching(ApiServerFaultScenarios::writesRecord));
    faults.changeMachines();
    faults.awaitNotReady("RecordsNotWritten");
    faults.awaitSyncedMessage("grant the operator create, update and delete on vms.vminventory.io");
    faults.assertRecordsUnchanged();
    faults.heal();
    faults.awaitConvergence();
  }

  @Test
  void repeatedlyResetConnectionsLoseNothing() {
    for (int i = 0; i < 5; i++) {
      faults.apiServer().inject(RelayFault.reset());
      faults.assertRecordsUnchangedFor(Duration.ofMillis(400));
    }
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void truncatedResponsesLoseNothing() {
    faults.apiServer().inject(RelayFault.cutAfter(100, 6));
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void halfOpenConnectionsToTheApiServerAreDetected() {
    faults.apiServer().inject(RelayFault.blackHole());
    faults.changeMachines();
    faults.awaitHealth("/readyz", "503 the Kubernetes API");
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(5));
    assertThat(peers().sessions()).isEqualTo(1);
    faults.heal();
    faults.awaitConvergence();
  }

  @Test
  void tenantChangedWhileItsWatchIsHalfOpenIsReconciled() {
    faults.apiServer().inject(RelayFault.blackHole());
    faults.operator().setSpec(TENANT, "suspend", "true");
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(1));
    faults.heal();
    faults.awaitNotReady("Suspended");
    faults.changeMachines();
    faults.assertRecordsUnchanged();
    faults.operator().setSpec(TENANT, "suspend", "false");
    faults.awaitConvergence();
  }

  @Test
  void changesToRecordsDuringABrokenWatchAreRepaired() {
    faults
        .apiServer()
        .inject(
            RelayFault.httpStatus(503)
                .times(5_000)
                .matching(ApiServerFaultScenarios::watchesRecords));
    faults.apiServer().inject(RelayFault.reset());
    faults.awaitHealth("/readyz", "VM records");
    VmResource edited = record(faults.permanentMachine());
    edited.setStatus(VmStatus.empty());
    edited.getMetadata().setLabels(withNote(edited.getMetadata().getLabels()));
    peers().admin().resource(edited).update();
    VmResource removed =
        faults.operator().records().stream()
            .filter(vm -> !vm.getMetadata().getName().equals(edited.getMetadata().getName()))
            .findFirst()
            .orElseThrow();
    faults.expectDeletion(removed.getSpec().source().key());
    peers().admin().resource(removed).delete();
    faults.expectMoreChanges(2);
    faults.changeMachines();
    faults.heal();
    faults.awaitConvergence();
    assertThat(record(faults.permanentMachine()).getMetadata().getLabels())
        .containsEntry("note", "mine");
    faults.awaitHealth("/readyz", "200 ok");
  }

  private VmResource record(String machine) {
    String key = peers().key(machine);
    return faults.operator().records().stream()
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
  void outageOfBothServersIsSurvived() {
    FaultFixture.takeDown(faults.apiServer());
    FaultFixture.takeDown(faults.vcenter());
    faults.changeMachines();
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(3));
    faults.heal();
    faults.awaitConvergence();
  }
}
