package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.vminventory.k8s.Names;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import io.vminventory.testkit.vcenter.Visibility;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Faults of an account: a changed password, lost permissions, and another vCenter at the address.
 */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class AccountFaultsTest {

  private static final String TENANT = FaultFixture.TENANT;
  private static final String USER = EmbeddedPeers.USERNAME;

  private final EmbeddedPeers peers = new EmbeddedPeers();
  private final FaultFixture faults = new FaultFixture(peers);

  @BeforeEach
  void setUp() throws Exception {
    faults.upToDate();
  }

  @AfterEach
  void tearDown() throws Exception {
    try {
      faults.close();
    } finally {
      peers.close();
    }
  }

  @Test
  void changedPasswordIsTriedOnceAndACorrectedSecretIsUsedAtOnce() {
    int logins = peers.vcenter().requests("Login");
    peers.vcenter().changePassword(USER, "another");
    faults.changeMachines();
    faults.awaitConvergence();
    assertThat(faults.operator().condition(TENANT, "Ready").orElseThrow().holds()).isTrue();

    peers.endSessions();
    faults.awaitNotReady("LoginRefused");
    faults.takeBaseline();
    faults.create("later");
    for (String interval : List.of("20m", "30m", "40m")) {
      faults.operator().annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, interval);
      faults.operator().setSpec(TENANT, "interval", "\"" + interval + "\"");
      faults.operator().awaitObserved(TENANT);
    }
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(3));
    assertThat(peers.vcenter().requests("Login")).isEqualTo(logins + 1);
    assertThat(faults.operator().events(TENANT))
        .extracting(Event::getReason)
        .containsOnlyOnce("LoginRefused");

    faults.operator().secret("pass", "another");
    Eventually.within(Duration.ofSeconds(5))
        .until(
            () -> faults.operator().condition(TENANT, "Ready"),
            ready -> ready.filter(condition -> condition.holds()).isPresent());
    faults.awaitConvergence();
  }

  @Test
  void accountThatLosesSightOfMostMachinesLosesNoRecord() {
    peers.vcenter().changeVisibility(USER, Visibility.only("machine-3", "machine-7").withHosts());
    String message =
        faults.operator().awaitCondition(TENANT, "Synced", "False", "MassDeletionHeld");
    assertThat(message).contains("20 records no longer have a machine");
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(2));
    peers.vcenter().changeVisibility(USER, Visibility.everything());
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void accountThatLosesAllPermissionsLosesNoRecord() {
    peers.vcenter().changeVisibility(USER, Visibility.where(machine -> false));
    Eventually.within(OperatorFixture.TIMEOUT)
        .until(
            () -> faults.operator().condition(TENANT, "Ready").filter(c -> !c.holds()).isPresent());
    faults.assertRecordsUnchangedFor(Duration.ofSeconds(2));
    peers.vcenter().changeVisibility(USER, Visibility.everything());
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void unreadablePropertiesAreReportedAndTheMachinesStay() {
    peers
        .vcenter()
        .changeVisibility(
            USER,
            Visibility.everything()
                .unreadable("summary.config.guestFullName", "config.uuid", "guest.net"));
    assertThat(
            faults
                .operator()
                .awaitCondition(TENANT, "VisibilityLimited", "True", "PropertiesUnreadable"))
        .contains("biosUuid of 22", "nics of 22");
    assertThat(faults.history().deleted()).isEmpty();
    peers.vcenter().changeVisibility(USER, Visibility.everything());
    faults.operator().awaitCondition(TENANT, "VisibilityLimited", "False", "AllReadable");
    faults.takeBaseline();
    faults.changeMachines();
    faults.awaitConvergence();
  }

  @Test
  void anotherVcenterAtTheSameAddressIsNotConfusedWithTheFirst() {
    Map<String, String> before = names();
    try (VcenterSimulator other = other()) {
      faults.vcenter().retarget("127.0.0.1", other.port());
      peers.vcenter().stop();
      String held = faults.operator().awaitCondition(TENANT, "Synced", "False", "MassDeletionHeld");
      assertThat(held).contains("22 records");
      Map<String, String> both = names();
      assertThat(both).containsAllEntriesOf(before).hasSize(before.size() + 15);
      assertThat(both.values()).doesNotHaveDuplicates();
      assertThat(faults.history().deleted()).isEmpty();

      both.keySet().stream()
          .filter(key -> !before.containsKey(key))
          .forEach(faults::expectDeletion);
      peers.vcenter().start();
      faults.vcenter().retarget("127.0.0.1", peers.vcenter().port());
      other.stop();
      Eventually.within(FaultFixture.RECOVERY_TIMEOUT)
          .untilAsserted(
              () ->
                  assertThat(faults.operator().condition(TENANT, "Synced").orElseThrow().message())
                      .contains("15 records"));
      assertThat(names()).isEqualTo(both);
      assertThat(faults.history().deleted()).isEmpty();
    }
  }

  /**
   * A vCenter whose machines have the same ids, and partly the same names, as those of the first.
   */
  private VcenterSimulator other() {
    return VcenterSimulator.builder()
        .instanceUuid("5e3c6ed1-0000-4000-8000-00000000beef")
        .tls(peers.vcenter().certificates().orElseThrow())
        .account(USER, peers.password())
        .machines(15, i -> SimulatedMachine.named((i < 5 ? "machine-" : "other-") + i))
        .start();
  }

  private Map<String, String> names() {
    Map<String, String> names = new HashMap<>();
    faults
        .operator()
        .records()
        .forEach(vm -> names.put(vm.getSpec().source().key(), vm.getMetadata().getName()));
    return names;
  }

  @Test
  void machineMovedOutOfSightAndBackKeepsItsName() {
    String hidden = peers.key(peers.vcenter().id("machine-3"));
    faults.expectDeletion(hidden);
    peers
        .vcenter()
        .changeVisibility(
            USER, Visibility.where(machine -> !machine.name().equals("machine-3")).withHosts());
    Eventually.within(FaultFixture.RECOVERY_TIMEOUT)
        .until(() -> faults.history().deleted().equals(List.of(hidden)));
    faults.expectMoreChanges(1);
    peers.vcenter().changeVisibility(USER, Visibility.everything());
    faults.changeMachines();
    faults.awaitConvergence();
  }
}
