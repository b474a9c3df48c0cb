package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
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

/** What an account may and may not do changes, or another vCenter answers in the place of one. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
@Tag("slow")
class AccountFaultsTest {

  private static final String TENANT = FaultBench.TENANT;
  private static final String USER = EmbeddedPeers.USERNAME;

  private final EmbeddedPeers peers = new EmbeddedPeers();
  private final FaultBench faults = new FaultBench(peers);

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
  void aChangedPasswordIsTriedOnceAndACorrectedSecretCountsSoon() {
    int logins = peers.vcenter().requests("Login");
    peers.vcenter().changePassword(USER, "another");
    faults.changeTheWorld();
    faults.awaitTruth();
    assertThat(faults.bench().condition(TENANT, "Ready").orElseThrow().holds()).isTrue();

    peers.endSessions();
    faults.awaitTrouble("LoginRefused");
    faults.remember();
    faults.create("later");
    faults.assertUntouchedFor(Duration.ofSeconds(3));
    assertThat(peers.vcenter().requests("Login")).isEqualTo(logins + 1);
    assertThat(faults.bench().events(TENANT))
        .extracting(Event::getReason)
        .containsOnlyOnce("LoginRefused");

    faults.bench().secret("pass", "another");
    Eventually.within(Duration.ofSeconds(5))
        .until(
            () -> faults.bench().condition(TENANT, "Ready"),
            ready -> ready.filter(condition -> condition.holds()).isPresent());
    faults.awaitTruth();
  }

  @Test
  void anAccountThatLosesSightOfMostMachinesLosesNoRecord() {
    peers.vcenter().changeVisibility(USER, Visibility.only("machine-3", "machine-7").withHosts());
    String message = faults.bench().awaitCondition(TENANT, "Synced", "False", "MassDeletionHeld");
    assertThat(message).contains("20 records have no machine any more");
    faults.assertUntouchedFor(Duration.ofSeconds(2));
    peers.vcenter().changeVisibility(USER, Visibility.everything());
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void anAccountThatLosesAllRightsLosesNoRecord() {
    peers.vcenter().changeVisibility(USER, Visibility.where(machine -> false));
    Eventually.within(OperatorBench.PATIENCE)
        .until(() -> faults.bench().condition(TENANT, "Ready").filter(c -> !c.holds()).isPresent());
    faults.assertUntouchedFor(Duration.ofSeconds(2));
    peers.vcenter().changeVisibility(USER, Visibility.everything());
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void aPropertyThatMayNotBeReadAnyMoreIsSaidAndTheMachineStays() {
    peers
        .vcenter()
        .changeVisibility(
            USER,
            Visibility.everything().unreadable("summary.config.guestFullName", "config.uuid"));
    assertThat(
            faults
                .bench()
                .awaitCondition(TENANT, "VisibilityLimited", "True", "PropertiesUnreadable"))
        .contains("biosUuid of 22");
    assertThat(faults.history().deleted()).isEmpty();
    peers.vcenter().changeVisibility(USER, Visibility.everything());
    faults.bench().awaitCondition(TENANT, "VisibilityLimited", "False", "AllReadable");
    faults.remember();
    faults.changeTheWorld();
    faults.awaitTruth();
  }

  @Test
  void anotherVcenterAtTheSameAddressIsNotMixedUpWithTheFirst() {
    Map<String, String> before = names();
    try (VcenterSimulator other = other()) {
      faults.vcenter().retarget("127.0.0.1", other.port());
      peers.vcenter().stop();
      String held = faults.bench().awaitCondition(TENANT, "Synced", "False", "MassDeletionHeld");
      assertThat(held).contains("22 records");
      Map<String, String> both = names();
      assertThat(both).containsAllEntriesOf(before).hasSize(before.size() + 15);
      assertThat(both.values()).doesNotHaveDuplicates();
      assertThat(faults.history().deleted()).isEmpty();

      both.keySet().stream().filter(key -> !before.containsKey(key)).forEach(faults::mayDelete);
      peers.vcenter().start();
      faults.vcenter().retarget("127.0.0.1", peers.vcenter().port());
      other.stop();
      Eventually.within(FaultBench.RECOVERY)
          .untilPasses(
              () ->
                  assertThat(faults.bench().condition(TENANT, "Synced").orElseThrow().message())
                      .contains("15 records"));
      assertThat(names()).isEqualTo(both);
      assertThat(faults.history().deleted()).isEmpty();
    }
  }

  /** Machines with the ids, and partly the names, of those of the first. */
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
        .bench()
        .records()
        .forEach(vm -> names.put(vm.getSpec().source().key(), vm.getMetadata().getName()));
    return names;
  }

  @Test
  void aMachineThatIsMovedOutOfSightAndBackKeepsItsName() {
    String gone = peers.key(peers.vcenter().id("machine-3"));
    faults.mayDelete(gone);
    peers
        .vcenter()
        .changeVisibility(
            USER, Visibility.where(machine -> !machine.name().equals("machine-3")).withHosts());
    Eventually.within(FaultBench.RECOVERY)
        .until(() -> faults.history().deleted().equals(List.of(gone)));
    faults.moreChanges(1);
    peers.vcenter().changeVisibility(USER, Visibility.everything());
    faults.changeTheWorld();
    faults.awaitTruth();
  }
}
