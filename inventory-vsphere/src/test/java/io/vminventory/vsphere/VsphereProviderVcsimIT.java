package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Change;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.PowerState;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@EnabledIfEnvironmentVariable(named = PeerVcenter.URL, matches = ".+")
@Timeout(120)
class VsphereProviderVcsimIT {

  private static final Logger LOG = LoggerFactory.getLogger(VsphereProviderVcsimIT.class);
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int CALLS_TO_OPEN = 5;
  private static final int PAGES_OF_PLACES = 1;

  private PeerVcenter peer;

  @BeforeEach
  void logInAsAdministrator() throws Exception {
    peer = new PeerVcenter();
  }

  private static VsphereProvider provider(Map<String, String> settings) throws InventoryException {
    return (VsphereProvider) new VsphereProviderFactory().create(PeerVcenter.settings(settings));
  }

  private static Inventory snapshot(VsphereProvider provider) throws Exception {
    try (InventorySession session = provider.open(PeerVcenter.account())) {
      return ((Update.Snapshot) session.next(Duration.ZERO)).inventory();
    }
  }

  @Test
  void snapshotHoldsEveryMachineWithItsFactsAndPlace() throws Exception {
    Inventory inventory = snapshot(provider(Map.of()));

    assertThat(inventory.serverVersion()).contains("vCenter");
    assertThat(inventory.machines())
        .isNotEmpty()
        .allSatisfy(
            machine -> {
              assertThat(machine.id().value()).matches("[0-9a-f-]{36}/vm-\\d+");
              assertThat(machine.powerState()).isPresent();
              assertThat(machine.host()).isPresent();
              assertThat(machine.datacenter())
                  .hasValueSatisfying(dc -> assertThat(dc).isNotBlank());
              assertThat(machine.folder().orElse("")).contains(machine.datacenter().get() + "/vm");
              assertThat(machine.unreadable()).isEmpty();
            })
        .anySatisfy(
            machine -> {
              assertThat(machine.powerState()).hasValue(PowerState.POWERED_ON);
              assertThat(machine.numCpu().getAsInt()).isPositive();
              assertThat(machine.memoryMB().getAsInt()).isPositive();
              assertThat(machine.ips()).hasSize(1);
              assertThat(machine.guestOS()).isPresent();
              assertThat(machine.guestHostName()).isPresent();
              assertThat(machine.toolsStatus()).hasValue("guestToolsRunning");
              assertThat(machine.template()).hasValue(false);
              assertThat(machine.instanceUuid()).isPresent();
              assertThat(machine.biosUuid()).isPresent();
            });
  }

  @Test
  void machineWithoutConfigurationIsKept() throws Exception {
    assertThat(snapshot(provider(Map.of())).machines())
        .filteredOn(machine -> machine.instanceUuid().isEmpty())
        .allSatisfy(
            machine -> {
              assertThat(machine.name()).isNotBlank();
              assertThat(machine.numCpu()).isEmpty();
              assertThat(machine.template()).isEmpty();
            });
  }

  @Test
  void oddNamesArriveUnescaped() throws Exception {
    assertThat(snapshot(provider(Map.of())).machines())
        .extracting(VirtualMachine::name)
        .filteredOn(name -> name.startsWith("r&d"))
        .allSatisfy(name -> assertThat(name).matches("r&d <böse> / \"\\d+\" 東京"));
  }

  @Test
  void roundTripsDependOnPagesAlone() throws Exception {
    VsphereProvider provider = provider(Map.of());
    long before = System.nanoTime();
    int machines = snapshot(provider).size();
    long millis = (System.nanoTime() - before) / 1_000_000;

    int logout = 1;
    int pages = Math.max(1, (machines + 499) / 500);
    LOG.info("{} machines: {} round trips, {} ms", machines, provider.roundTrips(), millis);
    assertThat(provider.roundTrips()).isEqualTo(CALLS_TO_OPEN + PAGES_OF_PLACES + pages + logout);
  }

  @Test
  void smallPagesTellTheSame() throws Exception {
    assertThat(snapshot(provider(Map.of("page-size", "3"))))
        .isEqualTo(snapshot(provider(Map.of())));
  }

  @Test
  void changesAreToldByTheNextPoll() throws Exception {
    String name = "it-" + UUID.randomUUID();
    try (InventorySession session =
        provider(Map.of("poll-interval", "100ms")).open(PeerVcenter.account())) {
      Inventory first = ((Update.Snapshot) session.next(Duration.ZERO)).inventory();
      VirtualMachine running =
          first.machines().stream().filter(m -> !m.ips().isEmpty()).findFirst().orElseThrow();
      String machine = peer.cloneMachine(reference(running), name);
      try {
        awaitPut(session, vm -> vm.name().equals(name) && off(vm) && vm.ips().isEmpty());
        peer.powerOn(machine);
        awaitPut(session, vm -> vm.name().equals(name) && !off(vm));
        peer.rename(machine, name + "-new");
        awaitPut(session, vm -> vm.name().equals(name + "-new") && !off(vm));
        peer.powerOff(machine);
        awaitPut(session, vm -> vm.name().equals(name + "-new") && off(vm));
      } finally {
        peer.destroy(machine);
      }
      awaitChange(
          session,
          change -> change instanceof Change.Remove && change.id().value().endsWith(machine));
      assertThat(session.next(Duration.ofMillis(300))).isEqualTo(new Update.Changes(List.of()));
    }
  }

  private static String reference(VirtualMachine machine) {
    return machine.id().value().split("/", 2)[1];
  }

  private static boolean off(VirtualMachine machine) {
    return machine.powerState().equals(Optional.of(PowerState.POWERED_OFF));
  }

  private static void awaitPut(InventorySession session, Predicate<VirtualMachine> wanted)
      throws Exception {
    awaitChange(session, c -> c instanceof Change.Put put && wanted.test(put.machine()));
  }

  /** Reads on until the change is told; the test's time-out bounds it. */
  private static void awaitChange(InventorySession session, Predicate<Change> wanted)
      throws Exception {
    boolean told = false;
    while (!told) {
      told = ((Update.Changes) session.next(LONG)).changes().stream().anyMatch(wanted);
    }
  }

  @Test
  void wrongPasswordIsDeniedAndNotRepeatedInTheMessage() throws Exception {
    VsphereProvider provider = provider(Map.of());
    assertThatThrownBy(() -> provider.open(PeerVcenter.account("wr0ng-s3cret")))
        .isInstanceOfSatisfying(
            InventoryException.class, e -> assertThat(e.failure()).isEqualTo(Failure.DENIED))
        .hasMessageContaining(URI.create(System.getenv(PeerVcenter.URL)).getHost())
        .hasMessageNotContaining("wr0ng");
  }

  @Test
  void noSessionStaysOpen() throws Exception {
    Set<String> before = peer.sessions();
    VsphereProvider provider = provider(Map.of());
    InventorySession session = provider.open(PeerVcenter.account());
    assertThat(peer.sessions()).hasSize(before.size() + 1);

    session.next(Duration.ZERO);
    session.close();
    session.close();
    assertThat(peer.sessions()).isEqualTo(before);
  }

  @Test
  void sessionThatTheServerEndedIsAnOutage() throws Exception {
    Set<String> before = peer.sessions();
    try (InventorySession session =
        provider(Map.of("poll-interval", "100ms")).open(PeerVcenter.account())) {
      session.next(Duration.ZERO);
      Set<String> now = new TreeSet<>(peer.sessions());
      now.removeAll(before);
      peer.terminate(now.iterator().next());
      assertThatThrownBy(() -> session.next(LONG))
          .isInstanceOfSatisfying(
              InventoryException.class,
              e -> assertThat(e.failure()).isEqualTo(Failure.UNAVAILABLE));
    }
    assertThat(peer.sessions()).isEqualTo(before);
  }

  @Test
  void interruptedReaderLeavesNoSession() throws Exception {
    Set<String> before = peer.sessions();
    InventorySession session = provider(Map.of()).open(PeerVcenter.account());
    session.next(Duration.ZERO);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> session.next(LONG)).isInstanceOf(InterruptedException.class);

    Thread.currentThread().interrupt();
    session.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(peer.sessions()).isEqualTo(before);
  }

  @Test
  void unknownAuthorityIsRefusedWithTheThumbprintThatThenIsTrusted() throws Exception {
    ProviderSettings strict =
        new ProviderSettings("peer", Map.of("host", System.getenv(PeerVcenter.URL)));
    InventoryException refused =
        catchThrowableOfType(
            InventoryException.class,
            () -> new VsphereProviderFactory().create(strict).open(PeerVcenter.account()));
    assertThat(refused.failure()).isEqualTo(Failure.MISCONFIGURED);

    String thumbprint = refused.getMessage().replaceAll(".*thumbprint ([0-9A-F:]+)\\).*", "$1");
    assertThat(thumbprint).hasSize(95);
    assertThat(snapshot(provider(Map.of("thumbprint", thumbprint))).size()).isPositive();

    String other = "00" + thumbprint.substring(2);
    assertThatThrownBy(() -> provider(Map.of("thumbprint", other)).open(PeerVcenter.account()))
        .hasMessageContaining(thumbprint);
  }
}
