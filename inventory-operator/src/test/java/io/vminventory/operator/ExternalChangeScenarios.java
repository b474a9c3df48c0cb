package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.k8s.Names;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmStatus;
import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Changes by people and machines while a tenant is mirrored, and restarts of the operator. */
abstract class ExternalChangeScenarios extends FaultScenarios {

  /** Much less than the time until anything else repairs a record, even on a busy test machine. */
  private static final Duration REPAIR_TIMEOUT = Duration.ofSeconds(5);

  /** Pause between renames, without which the simulator has no time for other requests. */
  private static final Duration FLAP_INTERVAL = Duration.ofMillis(10);

  private VmResource permanentMachine() {
    String key = peers().key(faults.permanentMachine());
    return faults.operator().records().stream()
        .filter(vm -> vm.getSpec().source().key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void operatorRestartsWriteNothing() throws Exception {
    int writes = peers().vmWrites();
    for (String request : new String[] {"first", "second"}) {
      faults.operator().stop();
      assertThat(peers().sessions()).isZero();
      faults.operator().start();
      faults.operator().annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, request);
      faults.awaitHandled(request);
    }
    assertThat(peers().vmWrites()).isEqualTo(writes);
    faults.assertRecordsUnchanged();
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void changesMadeWhileTheOperatorIsDownAreAppliedAtStart() throws Exception {
    faults.operator().stop();
    faults.changeMachines();
    faults.assertRecordsUnchanged();
    faults.operator().start();
    faults.awaitConvergence();
  }

  @Test
  void editedRecordIsRepairedAtOnceAndKeepsLabelsOfUsers() {
    VmResource edited = permanentMachine();
    Map<String, String> labels = new HashMap<>(edited.getMetadata().getLabels());
    labels.put("note", "mine");
    edited.getMetadata().setLabels(labels);
    edited.getMetadata().setAnnotations(Map.of("example.com/owner", "ann"));
    VmStatus right = edited.getStatus();
    edited.setStatus(VmStatus.empty());
    peers().admin().resource(edited).update();
    Eventually.within(REPAIR_TIMEOUT)
        .until(
            () -> String.valueOf(right.vmname()).equals(permanentMachine().getStatus().vmname()));
    assertThat(permanentMachine().getMetadata().getLabels()).isEqualTo(labels);
    assertThat(permanentMachine().getMetadata().getAnnotations())
        .containsEntry("example.com/owner", "ann");
    faults.expectMoreChanges(2);
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void deletedRecordIsCreatedAgainAtOnce() {
    VmResource deleted = permanentMachine();
    faults.expectDeletion(deleted.getSpec().source().key());
    peers().admin().resource(deleted).delete();
    Eventually.within(REPAIR_TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(faults.operator().records())
                    .extracting(vm -> vm.getMetadata().getName())
                    .contains(deleted.getMetadata().getName()));
    faults.expectMoreChanges(2);
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void flappingMachineCostsAtMostFourWritesASecond() {
    int writes = peers().vmWrites();
    long began = System.nanoTime();
    long end = began + Duration.ofSeconds(3).toNanos();
    String name = permanentMachine().getMetadata().getName();
    for (int i = 0; System.nanoTime() < end; i++) {
      peers().rename(faults.permanentMachine(), name + "-" + i);
      FixedDelay.elapse(FLAP_INTERVAL);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat(peers().vmWrites() - writes).isBetween(1, (int) (4 * seconds) + 3);
    faults.takeBaseline();
    faults.expectMoreChanges(2);
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void deletedSecretIsReportedAndAwaited() {
    faults
        .operator()
        .client()
        .secrets()
        .inNamespace(faults.operator().namespace)
        .withName("pass")
        .delete();
    faults.operator().annotate(TENANT, "example.com/touched", "yes");
    assertThat(faults.operator().awaitCondition(TENANT, "Ready", "False", "SecretNotFound"))
        .contains("'pass'")
        .contains(faults.operator().namespace);
    faults.operator().awaitCondition(TENANT, "Authenticated", "False", "SecretNotFound");
    assertThat(peers().sessions()).isZero();
    faults.changeMachines();
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(2));
    faults.operator().secret("pass", peers().password());
    faults.awaitConvergence();
  }

  @Test
  void withdrawnConsentStopsWritesAndKeepsRecords() {
    withdrawConsent();
    faults.operator().annotate(TENANT, "example.com/touched", "yes");
    faults.awaitNotReady("NamespaceNotAllowed");
    assertThat(peers().sessions()).isZero();
    faults.changeMachines();
    faults.operator().annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, "again");
    faults.operator().setSpec(TENANT, "execFlag", "true");
    faults.operator().awaitObserved(TENANT);
    faults.assertRecordsUnchanged();
    faults
        .operator()
        .namespace(
            faults.operator().target,
            Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, faults.operator().namespace));
    faults.awaitConvergence();
  }

  private void withdrawConsent() {
    faults
        .operator()
        .namespace(
            faults.operator().target,
            Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, "another-namespace"));
  }
}
