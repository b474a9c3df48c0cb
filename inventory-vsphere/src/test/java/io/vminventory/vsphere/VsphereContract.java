package io.vminventory.vsphere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vminventory.api.Change;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.PowerState;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import io.vminventory.testkit.contract.InventoryProviderContract;
import io.vminventory.testkit.contract.ProviderFixture;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Contract of the provider on any vCenter: that of all providers, and what is only true of this
 * one. The embedded vCenter and a foreign one have to agree on it.
 */
abstract class VsphereContract extends InventoryProviderContract {

  private static final Duration LONG = Duration.ofSeconds(20);

  private TestVcenter vcenter;
  private VsphereProvider provider;

  /** Reaches the vCenter; called once for each test. */
  abstract TestVcenter connect() throws Exception;

  @BeforeEach
  void start() throws Exception {
    vcenter = connect();
    provider = vcenter.provider(Map.of());
  }

  @AfterEach
  void stop() {
    vcenter.close();
  }

  @Override
  protected ProviderFixture fixture() {
    return new VsphereFixture(vcenter);
  }

  private Tenant tenant() {
    return vcenter.tenant();
  }

  private Inventory snapshot(InventoryProvider of) throws Exception {
    try (InventorySession session = of.open(tenant(), SessionPurpose.WATCH)) {
      return ((Update.Snapshot) session.next(Duration.ZERO)).inventory();
    }
  }

  @Test
  void snapshotHasEveryMachineWithItsFactsAndLocation() throws Exception {
    Inventory inventory = snapshot(provider);

    assertThat(inventory.serverVersion()).contains("vCenter");
    assertThat(inventory.machines())
        .allSatisfy(
            machine -> {
              assertThat(machine.powerState()).isPresent();
              assertThat(machine.host()).isPresent();
              assertThat(machine.datacenter().orElse("")).isNotBlank();
              assertThat(machine.folder().orElse("")).contains(machine.datacenter().get() + "/vm");
              assertThat(machine.unreadable()).isEmpty();
            })
        .anySatisfy(
            machine -> {
              assertThat(machine.powerState()).hasValue(PowerState.POWERED_ON);
              assertThat(machine.numCpu()).isPresent();
              assertThat(machine.memoryMB()).isPresent();
              assertThat(machine.ips()).hasSize(1);
              assertThat(machine.guestOS()).isPresent();
              assertThat(machine.guestHostName()).isPresent();
              assertThat(machine.toolsStatus()).hasValue("guestToolsRunning");
              assertThat(machine.template()).hasValue(false);
              assertThat(machine.instanceUuid()).isPresent();
              assertThat(machine.biosUuid()).isPresent();
              assertThat(machine.cluster()).isPresent();
            });
  }

  @Test
  void machineWithoutConfigurationIsKept() throws Exception {
    assertThat(snapshot(provider).machines())
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
    assertThat(snapshot(provider).machines())
        .extracting(VirtualMachine::name)
        .filteredOn(name -> name.startsWith("r&d"))
        .allSatisfy(name -> assertThat(name).matches("r&d <böse> / \"\\d+\" 東京"));
  }

  @Test
  void smallPagesGiveTheSameSnapshot() throws Exception {
    assertThat(snapshot(vcenter.provider(Map.of("page-size", "3")))).isEqualTo(snapshot(provider));
  }

  @Test
  void eachStepInTheLifeOfAMachineIsReported() throws Exception {
    String name = "it-" + UUID.randomUUID();
    try (InventorySession session = provider.open(tenant(), SessionPurpose.WATCH)) {
      session.next(Duration.ZERO);
      String machine = vcenter.add(name);
      awaitPut(session, vm -> vm.name().equals(name) && off(vm) && vm.ips().isEmpty());
      vcenter.powerOn(machine);
      awaitPut(session, vm -> vm.name().equals(name) && !off(vm));
      vcenter.rename(machine, name + "-new");
      awaitPut(session, vm -> vm.name().equals(name + "-new") && !off(vm));
      vcenter.powerOff(machine);
      awaitPut(session, vm -> vm.name().equals(name + "-new") && off(vm));
      vcenter.remove(machine);
      awaitChange(session, new Change.Remove(vcenter.id(machine))::equals);
    }
  }

  private static boolean off(VirtualMachine machine) {
    return machine.powerState().equals(Optional.of(PowerState.POWERED_OFF));
  }

  private static void awaitPut(InventorySession session, Predicate<VirtualMachine> wanted)
      throws Exception {
    awaitChange(session, c -> c instanceof Change.Put put && wanted.test(put.machine()));
  }

  /** Reads on until the change is reported; the test's timeout bounds it. */
  private static void awaitChange(InventorySession session, Predicate<Change> wanted)
      throws Exception {
    boolean reported = false;
    while (!reported) {
      reported = ((Update.Changes) session.next(LONG)).changes().stream().anyMatch(wanted);
    }
  }

  @Test
  void interruptedReaderLeavesNoSession() throws Exception {
    Set<String> before = vcenter.sessions();
    InventorySession session = provider.open(tenant(), SessionPurpose.WATCH);
    session.next(Duration.ZERO);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> session.next(LONG)).isInstanceOf(InterruptedException.class);

    Thread.currentThread().interrupt();
    session.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(vcenter.sessions()).isEqualTo(before);
  }

  @Test
  void refusalNamesTheThumbprintThatIsTrustedOnceConfigured() throws Exception {
    ProviderSettings strict = new ProviderSettings("test", vcenter.settingsWithoutTrust());
    InventoryException refused =
        catchThrowableOfType(
            InventoryException.class,
            () -> new VsphereProviderFactory().create(strict).open(tenant(), SessionPurpose.WATCH));
    assertThat(refused.failure()).isEqualTo(Failure.MISCONFIGURED);

    String thumbprint = refused.getMessage().replaceAll(".*thumbprint ([0-9A-F:]+)\\).*", "$1");
    assertThat(snapshot(pinned(thumbprint)).size()).isPositive();
    String other = (thumbprint.startsWith("00") ? "01" : "00") + thumbprint.substring(2);
    assertThatThrownBy(() -> pinned(other).open(tenant(), SessionPurpose.WATCH))
        .hasMessageContaining(thumbprint);
  }

  private InventoryProvider pinned(String thumbprint) throws Exception {
    return vcenter.provider(Map.of("thumbprint", thumbprint));
  }
}
