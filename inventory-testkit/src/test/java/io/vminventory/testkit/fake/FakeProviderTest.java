package io.vminventory.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.api.Change;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.PowerState;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class FakeProviderTest {

  private static final Tenant ANN =
      new Tenant(new TenantId("default", "ann"), "ann", Secret.of("word"), "default");

  private final FakeProvider provider = new FakeProvider().account("ann", "word");

  private static void assertFails(ThrowingCallable call, Failure failure) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InventoryException.class, thrown -> assertThat(thrown.failure()).isEqualTo(failure));
  }

  @Test
  void storyHasElevenMachinesOfWhichSevenAreOnAndOneIsATemplate() {
    List<VirtualMachine> story = SampleMachines.story();

    assertThat(Inventory.of("", story).size()).isEqualTo(11);
    assertThat(story)
        .filteredOn(machine -> machine.powerState().equals(Optional.of(PowerState.POWERED_ON)))
        .hasSize(7)
        .allSatisfy(machine -> assertThat(machine.primaryIP()).isPresent());
    assertThat(story).filteredOn(machine -> machine.template().orElseThrow()).hasSize(1);
  }

  @Test
  void manySamplesAreAllDifferent() {
    assertThat(Inventory.of("", SampleMachines.of(1000)).size()).isEqualTo(1000);
    assertThat(SampleMachines.of(1000)).extracting(VirtualMachine::name).doesNotHaveDuplicates();
  }

  @Test
  void accountSeesOnlyWhatItMaySee() throws Exception {
    SampleMachines.story().forEach(provider::put);
    provider.visible("ann", machine -> machine.name().endsWith("m1"));
    try (InventorySession session = provider.open(ANN, SessionPurpose.WATCH)) {
      Inventory seen = ((Update.Snapshot) session.next(Duration.ZERO)).inventory();
      assertThat(seen.machines())
          .extracting(VirtualMachine::name)
          .containsExactlyInAnyOrder("nwcd-ike-a-m1", "nwcd-ike-b-m1");

      provider.visible("ann", machine -> machine.name().equals("nwcd-ike-a-m1"));
      assertThat(session.next(Duration.ZERO))
          .isEqualTo(new Update.Changes(List.of(new Change.Remove(SampleMachines.id(65)))));
    }
  }

  @Test
  void loginsFailAsOftenAsTold() throws Exception {
    provider.failOpens(Failure.UNAVAILABLE, 2);
    assertFails(() -> provider.open(ANN, SessionPurpose.WATCH), Failure.UNAVAILABLE);
    assertFails(() -> provider.open(ANN, SessionPurpose.WATCH), Failure.UNAVAILABLE);
    provider.open(ANN, SessionPurpose.WATCH).close();

    assertThat(provider.attempts()).isEqualTo(3);
    assertThat(provider.opens()).isEqualTo(1);
    assertThat(provider.openSessions()).isZero();
  }

  @Test
  void sessionThatFailedIsFinished() throws Exception {
    try (InventorySession session = provider.open(ANN, SessionPurpose.WATCH)) {
      provider.failSessions(Failure.INTERNAL);

      assertFails(() -> session.next(Duration.ZERO), Failure.INTERNAL);
      assertFails(() -> session.next(Duration.ZERO), Failure.UNAVAILABLE);
    }
  }

  @Test
  void lostHistoryIsToldAsASnapshot() throws Exception {
    try (InventorySession session = provider.open(ANN, SessionPurpose.WATCH)) {
      session.next(Duration.ZERO);
      provider.loseHistory();

      assertThat(session.next(Duration.ZERO)).isInstanceOf(Update.Snapshot.class);
    }
  }

  @Test
  void severalChangesOfOneMachineAreToldAsOne() throws Exception {
    try (InventorySession session = provider.open(ANN, SessionPurpose.WATCH)) {
      session.next(Duration.ZERO);
      provider.put(SampleMachines.machine(1, "a", 1, 1, null));
      VirtualMachine last = SampleMachines.machine(1, "b", 1, 1, null);
      provider.put(last);

      assertThat(session.next(Duration.ZERO))
          .isEqualTo(new Update.Changes(List.of(new Change.Put(last))));
    }
  }

  @Test
  void factoryGivesThisProviderAndHasNoSettings() throws Exception {
    assertThat(provider.factory().name()).isEqualTo("fake");
    assertThat(provider.factory().create(new ProviderSettings("default", Map.of())))
        .isSameAs(provider);
    assertFails(
        () -> provider.factory().create(new ProviderSettings("default", Map.of("host", "x"))),
        Failure.MISCONFIGURED);
  }
}
