package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.k8s.Names;
import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.kubernetes.Fault;
import io.vminventory.testkit.vcenter.SimulatedFault;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.Visibility;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What faults of either side do to the records: nothing. */
@Timeout(180)
@Tag("slow")
class OperatorOutageTest {

  private EmbeddedPeers peers;
  private OperatorBench bench;

  @BeforeEach
  void setUp() {
    peers = new EmbeddedPeers();
    bench = new OperatorBench(peers);
    bench.server(settings());
  }

  /** Small pages, so that a read of twenty machines can fail half way. */
  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(peers.server());
    settings.put("page-size", "5");
    settings.put("request-timeout", "1s");
    return settings;
  }

  @AfterEach
  void tearDown() throws Exception {
    peers.vcenter().faults().clear();
    bench.close();
    assertThat(peers.sessions()).as("sessions left open").isZero();
    peers.close();
  }

  static List<SimulatedFault> faults() {
    return List.of(
        SimulatedFault.cutAfter(300),
        SimulatedFault.cutAfter(0),
        SimulatedFault.silence(),
        SimulatedFault.httpStatus(503),
        SimulatedFault.garbage(),
        SimulatedFault.soap("NotAuthenticated"),
        SimulatedFault.soap("SystemError"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aReadThatFailsHalfWayRemovesNothingAndIsTriedAgain(SimulatedFault fault) throws Exception {
    bench.start();
    bench.register("test");
    bench.awaitUpToDate("test");
    Map<String, String> before = versions();

    peers.vcenter().faults().afterSome("ContinueRetrievePropertiesEx", 1, 1, fault);
    bench.annotate("test", Names.SYNC_REQUESTED_ANNOTATION, "again");
    Eventually.within(OperatorBench.PATIENCE)
        .until(() -> bench.events("test").stream().anyMatch(e -> "Warning".equals(e.getType())));
    assertThat(versions()).isEqualTo(before);

    bench.awaitUpToDate("test");
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void aServerThatStopsInTheMiddleOfAReadRemovesNothing() throws Exception {
    bench.start();
    bench.register("test");
    bench.awaitUpToDate("test");
    Map<String, String> before = versions();

    peers.vcenter().faults().next("ContinueRetrievePropertiesEx", SimulatedFault.silence());
    bench.annotate("test", Names.SYNC_REQUESTED_ANNOTATION, "again");
    Eventually.within(OperatorBench.PATIENCE).until(() -> peers.vcenter().faults().held() > 0);
    peers.vcenter().stop();
    bench.awaitCondition("test", "Synced", "False", "ServerUnavailable");
    assertThat(versions()).isEqualTo(before);

    peers.vcenter().start();
    bench.awaitUpToDate("test");
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  void aRefusedAccountIsTriedOnce() throws Exception {
    peers.vcenter().changePassword(EmbeddedPeers.USERNAME, "another");
    bench.start();
    bench.register("test");
    bench.awaitCondition("test", "Authenticated", "False", "LoginRefused");
    for (String interval : List.of("20m", "30m", "40m")) {
      bench.annotate("test", Names.SYNC_REQUESTED_ANNOTATION, interval);
      bench.setSpec("test", "interval", "\"" + interval + "\"");
      bench.awaitObserved("test");
    }
    assertThat(peers.vcenter().requests("Login")).isEqualTo(1);
    peers.vcenter().changePassword(EmbeddedPeers.USERNAME, peers.password());
  }

  @Test
  void tenantsSeeWhatTheirAccountsSee() throws Exception {
    peers.vcenter().account("other", "pa55word", Visibility.only("machine-3", "machine-7"));
    bench.secret("other", "pa55word");
    bench.start();
    bench.register("all");
    bench.register("some", bench.namespace, "username: other", "passwordSecretRef: {name: other}");
    bench.awaitUpToDate("some");
    bench.awaitUpToDate("all");
    assertThat(bench.records()).hasSize(20);
    assertThat(bench.records(bench.namespace))
        .extracting(vm -> vm.getStatus().vmname())
        .containsExactlyInAnyOrder("machine-3", "machine-7");
  }

  @Test
  void factsThatAreHiddenAreSaidAndTheMachineIsKept() throws Exception {
    peers
        .vcenter()
        .changeVisibility(
            EmbeddedPeers.USERNAME, Visibility.everything().unreadable("guest.net", "config.uuid"));
    bench.start();
    bench.register("test");
    bench.awaitUpToDate("test");
    assertThat(bench.records()).hasSize(20);
    assertThat(bench.awaitCondition("test", "VisibilityLimited", "True", "PropertiesUnreadable"))
        .contains("biosUuid of 20")
        .contains("nics of 20");
  }

  @Test
  void aRecordThatCannotBeWrittenDoesNotStopTheOthers() throws Exception {
    peers.kubernetes().faults().add(Fault.answer(403).to("create").on("vms").named("machine-4"));
    bench.start();
    bench.register("test");
    Eventually.within(OperatorBench.PATIENCE).until(() -> bench.records().size() >= 19);
    bench.awaitUpToDate("test");
    assertThat(bench.records()).hasSize(20);
    assertThat(bench.awaitEvent("test", "RecordsNotWritten").getMessage()).contains("machine-4");
  }

  @Test
  void anApiServerThatFailsForAWhileEndsNothing() throws Exception {
    bench.start();
    bench.register("test");
    bench.awaitUpToDate("test");
    peers.kubernetes().faults().add(Fault.answer(500).to("list").on("vms").times(3));
    peers.vcenter().add(SimulatedMachine.named("late").poweredOff());
    bench.awaitRecord("late");
    bench.awaitUpToDate("test");
    assertThat(peers.sessions()).isEqualTo(1);
  }

  @Test
  void aRightToLookAtTheNamespaceThatIsMissingForAMomentEndsNothing() throws Exception {
    bench.start();
    bench.register("test");
    bench.awaitUpToDate("test");
    peers.kubernetes().faults().add(Fault.answer(403).to("get").on("namespaces"));
    bench.annotate("test", Names.SYNC_REQUESTED_ANNOTATION, "again");
    Eventually.within(OperatorBench.PATIENCE)
        .until(() -> "again".equals(bench.status("test").lastHandledRequest()));
    assertThat(peers.kubernetes().faults().remaining()).isZero();
    assertThat(bench.events("test")).noneMatch(event -> "Warning".equals(event.getType()));
    assertThat(peers.sessions()).isEqualTo(1);
  }

  @Test
  void aStatusThatIsNotTakenByAnApiServerThatHasJustBegunIsWrittenLater() throws Exception {
    bench.start();
    bench.register("test");
    bench.awaitUpToDate("test");
    bench.client().secrets().inNamespace(bench.namespace).withName("pass").delete();
    peers.kubernetes().faults().add(Fault.answer(404).to("patch").on("tenants/status").times(2));
    bench.annotate("test", "example.com/touched", "yes");
    // Long before the look at all that is well, once a minute.
    Eventually.within(Duration.ofSeconds(30))
        .until(
            () -> bench.condition("test", "Ready"),
            ready -> ready.filter(c -> c.reason().equals("SecretNotFound")).isPresent());
    assertThat(peers.kubernetes().faults().remaining()).isZero();
  }

  @Test
  void aTenantThatWasDeletedByForceIsReadAndWrittenNoMore() throws Exception {
    bench.start();
    bench.register("test");
    bench.awaitUpToDate("test");
    int recorded = bench.records().size();

    peers.kubernetes().faults().add(Fault.answer(500).to("patch").on("tenants"));
    bench.deleteByForce("test");
    Eventually.within(OperatorBench.PATIENCE).until(() -> peers.sessions() == 0);
    peers.kubernetes().faults().clear();
    assertThat(bench.records()).hasSize(recorded);

    bench.register("test", bench.target, "sync: Manual");
    bench.awaitExecuted("test");
    assertThat(bench.status("test").execDate()).isNotNull();
    assertThat(bench.records()).hasSize(recorded);
  }

  @Test
  void aRequestThatIsTooLongToBeEchoedIsAnsweredAllTheSame() throws Exception {
    bench.start();
    bench.register("test", bench.target, "sync: Manual");
    bench.awaitExecuted("test");
    bench.annotate("test", Names.SYNC_REQUESTED_ANNOTATION, "now ".repeat(2_560));
    Eventually.within(OperatorBench.PATIENCE)
        .until(() -> bench.status("test").lastHandledRequest(), Objects::nonNull);
    assertThat(bench.status("test").lastHandledRequest()).hasSize(1024).startsWith("now now");
  }

  @Test
  void anEventAboutARecordThatCannotBeReadDoesNotStopTheMirror() throws Exception {
    bench.start();
    bench.register("test");
    bench.awaitUpToDate("test");
    peers.kubernetes().faults().add(Fault.answer(403).to("get").on("vms"));
    peers.vcenter().add(SimulatedMachine.named("late").poweredOff());
    bench.awaitRecord("late");
    peers.vcenter().add(SimulatedMachine.named("later").poweredOff());
    bench.awaitRecord("later");
    assertThat(bench.events("test")).noneMatch(event -> "Warning".equals(event.getType()));
    assertThat(peers.vcenter().requests("Login")).isEqualTo(1);
  }

  private Map<String, String> versions() {
    return bench.records().stream()
        .collect(
            Collectors.toMap(
                vm -> vm.getMetadata().getName(),
                (VmResource vm) -> vm.getMetadata().getResourceVersion()));
  }
}
