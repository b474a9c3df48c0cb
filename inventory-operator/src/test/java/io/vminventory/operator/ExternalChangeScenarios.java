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

/** What people and machines do to a tenant that runs, and restarts of the operator. */
abstract class ExternalChangeScenarios extends FaultScenarios {

  /** Far below the time to anything else that would repair a record, on a busy machine too. */
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  /** A simulator that is given no time between renames leaves everybody else without an answer. */
  private static final Duration FLAP = Duration.ofMillis(10);

  private VmResource lasting() {
    String key = peers().key(faults.lasting());
    return faults.bench().records().stream()
        .filter(vm -> vm.getSpec().source().key().equals(key))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void twoRestartsInARowWriteNothing() throws Exception {
    int writes = peers().vmWrites();
    for (String request : new String[] {"first", "second"}) {
      faults.bench().stop();
      assertThat(peers().sessions()).isZero();
      faults.bench().start();
      faults.bench().annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, request);
      faults.awaitAnswered(request);
    }
    assertThat(peers().vmWrites()).isEqualTo(writes);
    faults.assertUntouched();
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void whatHappensWhileTheOperatorIsDownIsMadeUpFor() throws Exception {
    faults.bench().stop();
    faults.changeTheWorld();
    faults.assertUntouched();
    faults.bench().start();
    faults.awaitTruth();
  }

  @Test
  void aRecordThatIsEditedByHandIsRepairedAtOnceAndLabelsOfUsersStay() {
    VmResource edited = lasting();
    Map<String, String> labels = new HashMap<>(edited.getMetadata().getLabels());
    labels.put("note", "mine");
    edited.getMetadata().setLabels(labels);
    edited.getMetadata().setAnnotations(Map.of("example.com/owner", "ann"));
    VmStatus right = edited.getStatus();
    edited.setStatus(VmStatus.empty());
    peers().admin().resource(edited).update();
    Eventually.within(AT_ONCE)
        .until(() -> String.valueOf(right.vmname()).equals(lasting().getStatus().vmname()));
    assertThat(lasting().getMetadata().getLabels()).isEqualTo(labels);
    assertThat(lasting().getMetadata().getAnnotations()).containsEntry("example.com/owner", "ann");
    faults.moreChanges(2);
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void aRecordThatIsDeletedByHandIsBackAtOnce() {
    VmResource deleted = lasting();
    faults.mayDelete(deleted.getSpec().source().key());
    peers().admin().resource(deleted).delete();
    Eventually.within(AT_ONCE)
        .untilPasses(
            () ->
                assertThat(faults.bench().records())
                    .extracting(vm -> vm.getMetadata().getName())
                    .contains(deleted.getMetadata().getName()));
    faults.moreChanges(2);
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void aMachineThatFlapsCostsFourWritesASecondAndEndsRight() {
    int writes = peers().vmWrites();
    long began = System.nanoTime();
    long end = began + Duration.ofSeconds(3).toNanos();
    String name = lasting().getMetadata().getName();
    for (int i = 0; System.nanoTime() < end; i++) {
      peers().rename(faults.lasting(), name + "-" + i);
      Dwell.during(FLAP);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat(peers().vmWrites() - writes).isBetween(1, (int) (4 * seconds) + 3);
    faults.remember();
    faults.moreChanges(2);
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void aSecretThatIsDeletedAndMadeAgainIsWaitedFor() {
    faults
        .bench()
        .client()
        .secrets()
        .inNamespace(faults.bench().namespace)
        .withName("pass")
        .delete();
    faults.bench().annotate(TENANT, "example.com/touched", "yes");
    faults.awaitTrouble("SecretNotFound");
    assertThat(peers().sessions()).isZero();
    faults.changeTheWorld();
    faults.assertUntouchedFor(Duration.ofSeconds(2));
    faults.bench().secret("pass", peers().password());
    faults.awaitTruth();
  }

  @Test
  void aNamespaceThatWithdrawsItsConsentKeepsItsRecords() {
    withdraw();
    faults.bench().annotate(TENANT, "example.com/touched", "yes");
    faults.awaitTrouble("NamespaceNotAllowed");
    assertThat(peers().sessions()).isZero();
    faults.changeTheWorld();
    faults.assertUntouched();
    faults
        .bench()
        .namespace(
            faults.bench().target,
            Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, faults.bench().namespace));
    faults.awaitTruth();
  }

  private void withdraw() {
    faults
        .bench()
        .namespace(
            faults.bench().target, Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, "somebody-else"));
  }
}
