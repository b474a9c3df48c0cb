package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.k8s.Names;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.kubernetes.Fault;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.Visibility;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Single requests that the API server rejects, and what the operator does about them. */
@Timeout(180)
@Tag("slow")
class ApiErrorsTest {

  private EmbeddedPeers peers;
  private OperatorFixture fixture;

  @BeforeEach
  void setUp() {
    peers = new EmbeddedPeers();
    fixture = new OperatorFixture(peers);
  }

  @AfterEach
  void tearDown() throws Exception {
    peers.vcenter().faults().clear();
    fixture.close();
    assertThat(peers.sessions()).as("sessions left open").isZero();
    peers.close();
  }

  @Test
  void tenantsSeeOnlyWhatTheirAccountsSee() throws Exception {
    peers.vcenter().account("other", "pa55word", Visibility.only("machine-3", "machine-7"));
    fixture.secret("other", "pa55word");
    fixture.start();
    fixture.register("all");
    fixture.register(
        "some", fixture.namespace, "username: other", "passwordSecretRef: {name: other}");
    fixture.awaitUpToDate("some");
    fixture.awaitUpToDate("all");
    assertThat(fixture.records()).hasSize(20);
    assertThat(fixture.records(fixture.namespace))
        .extracting(vm -> vm.getStatus().vmname())
        .containsExactlyInAnyOrder("machine-3", "machine-7");
  }

  @Test
  void recordThatCannotBeWrittenDoesNotStopTheOthers() throws Exception {
    peers
        .kubernetes()
        .faults()
        .inject(Fault.status(403).verb("create").resource("vms").name("machine-4"));
    fixture.start();
    fixture.register("test");
    Eventually.within(OperatorFixture.TIMEOUT).until(() -> fixture.records().size() >= 19);
    fixture.awaitUpToDate("test");
    assertThat(fixture.records()).hasSize(20);
    assertThat(fixture.awaitEvent("test", "RecordsNotWritten").getMessage()).contains("machine-4");
  }

  @Test
  void namespaceReadForbiddenForAMomentEndsNothing() throws Exception {
    fixture.start();
    fixture.register("test");
    fixture.awaitUpToDate("test");
    peers.kubernetes().faults().inject(Fault.status(403).verb("get").resource("namespaces"));
    fixture.annotate("test", Names.SYNC_REQUESTED_ANNOTATION, "again");
    Eventually.within(OperatorFixture.TIMEOUT)
        .until(() -> "again".equals(fixture.status("test").lastHandledRequest()));
    assertThat(peers.kubernetes().faults().remaining()).isZero();
    assertThat(fixture.events("test")).noneMatch(event -> "Warning".equals(event.getType()));
    assertThat(peers.sessions()).isEqualTo(1);
  }

  @Test
  void statusRejectedByAStartingApiServerIsWrittenLater() throws Exception {
    fixture.start();
    fixture.register("test");
    fixture.awaitUpToDate("test");
    fixture.client().secrets().inNamespace(fixture.namespace).withName("pass").delete();
    peers
        .kubernetes()
        .faults()
        .inject(Fault.status(404).verb("patch").resource("tenants/status").times(2));
    fixture.annotate("test", "example.com/touched", "yes");
    // Much earlier than the periodic reconciliation, once a minute.
    Eventually.within(Duration.ofSeconds(30))
        .until(
            () -> fixture.condition("test", "Ready"),
            ready -> ready.filter(c -> c.reason().equals("SecretNotFound")).isPresent());
    assertThat(peers.kubernetes().faults().remaining()).isZero();
  }

  @Test
  void tenantDeletedByForceIsNotMirroredAnyMore() throws Exception {
    fixture.start();
    fixture.register("test");
    fixture.awaitUpToDate("test");
    int recorded = fixture.records().size();

    peers.kubernetes().faults().inject(Fault.status(500).verb("patch").resource("tenants"));
    fixture.deleteByForce("test");
    Eventually.within(OperatorFixture.TIMEOUT).until(() -> peers.sessions() == 0);
    peers.kubernetes().faults().clear();
    assertThat(fixture.records()).hasSize(recorded);

    fixture.register("test", fixture.target, "sync: Manual");
    fixture.awaitExecuted("test");
    assertThat(fixture.status("test").execDate()).isNotNull();
    assertThat(fixture.records()).hasSize(recorded);
  }

  @Test
  void unreadableRecordOfAnEventDoesNotStopTheMirror() throws Exception {
    fixture.start();
    fixture.register("test");
    fixture.awaitUpToDate("test");
    peers.kubernetes().faults().inject(Fault.status(403).verb("get").resource("vms"));
    peers.vcenter().add(SimulatedMachine.named("late").poweredOff());
    fixture.awaitRecord("late");
    peers.vcenter().add(SimulatedMachine.named("later").poweredOff());
    fixture.awaitRecord("later");
    assertThat(fixture.events("test")).noneMatch(event -> "Warning".equals(event.getType()));
    assertThat(peers.vcenter().requests("Login")).isEqualTo(1);
  }
}
