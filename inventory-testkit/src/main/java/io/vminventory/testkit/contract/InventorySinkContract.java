package io.vminventory.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.api.Change;
import io.vminventory.api.Fact;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySink;
import io.vminventory.api.PowerState;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.Tenant;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Contract of an {@link InventorySink}. Extend it, and give it a fixture. */
@Timeout(120)
public abstract class InventorySinkContract {

  /** More than the deletion guard lets pass. */
  private static final int MANY = 40;

  private InventorySinkFixture fixture;

  /** Reaches the sink and its records; called once for each test, and closed after it. */
  protected abstract InventorySinkFixture fixture() throws Exception;

  @BeforeEach
  final void begin() throws Exception {
    fixture = fixture();
  }

  @AfterEach
  final void end() throws Exception {
    fixture.close();
  }

  private static Inventory machines(int count, PowerState state) {
    return Inventory.of(
        "Contract Platform 1.0",
        IntStream.range(0, count).mapToObj(number -> machine(number, state)).toList());
  }

  private static VirtualMachine machine(int number, PowerState state) {
    String name = String.format(Locale.ROOT, "contract-%02d", number);
    return VirtualMachine.builder(id(number), name)
        .powerState(state)
        .numCpu(2)
        .memoryMB(2048)
        .build();
  }

  private static VirtualMachineId id(int number) {
    return new VirtualMachineId("contract/vm-" + number);
  }

  private static Inventory on(int count) {
    return machines(count, PowerState.POWERED_ON);
  }

  private static Map<VirtualMachineId, PowerState> states(Inventory inventory) {
    return inventory.machines().stream()
        .collect(
            Collectors.toMap(VirtualMachine::id, machine -> machine.powerState().orElseThrow()));
  }

  private SinkResult apply(Inventory inventory) throws InventoryException, InterruptedException {
    return apply(inventory, 0);
  }

  private SinkResult apply(Inventory inventory, int confirmed)
      throws InventoryException, InterruptedException {
    return fixture.sink().apply(fixture.tenant(), inventory, confirmed);
  }

  private void assertRecords(Tenant tenant, Inventory inventory) {
    assertThat(fixture.records(tenant)).isEqualTo(states(inventory));
  }

  private static List<Kind> kinds(SinkResult result) {
    return result.writes().stream().map(SinkResult.Write::kind).toList();
  }

  @Test
  void machinesBecomeRecords() throws Exception {
    SinkResult result = apply(on(3));

    assertThat(result.count(Kind.CREATED)).isEqualTo(3);
    assertThat(result.complete()).isTrue();
    assertRecords(fixture.tenant(), on(3));
  }

  @Test
  void changedMachineChangesItsRecord() throws Exception {
    apply(on(3));
    Inventory changed = machines(3, PowerState.SUSPENDED);

    assertThat(kinds(apply(changed))).containsExactly(Kind.CHANGED, Kind.CHANGED, Kind.CHANGED);
    assertRecords(fixture.tenant(), changed);
  }

  @Test
  void recordOfAMachineThatIsGoneIsDeleted() throws Exception {
    apply(on(3));

    assertThat(kinds(apply(on(2)))).containsExactly(Kind.DELETED);
    assertRecords(fixture.tenant(), on(2));
  }

  @Test
  void unknownFactKeepsTheValueOfItsRecord() throws Exception {
    apply(on(3));
    apply(on(3).with(List.of(new Change.Put(unknownPowerState(1)))));

    assertRecords(fixture.tenant(), on(3));
  }

  @Test
  void machineOfWhichNothingIsKnownKeepsItsRecord() throws Exception {
    apply(on(3));
    SinkResult result =
        apply(on(3).with(List.of(new Change.Put(VirtualMachine.unknownForNow(id(1))))));

    assertThat(kinds(result)).doesNotContain(Kind.CREATED, Kind.DELETED);
    assertRecords(fixture.tenant(), on(3));
  }

  private static VirtualMachine unknownPowerState(int number) {
    VirtualMachine known = machine(number, PowerState.POWERED_ON);
    return VirtualMachine.builder(known.id(), known.name())
        .unknown(Fact.POWER_STATE)
        .numCpu(4)
        .memoryMB(2048)
        .build();
  }

  @Test
  void recordThatIsRightIsNotWritten() throws Exception {
    apply(on(3));

    assertThat(apply(on(3))).isEqualTo(new SinkResult(List.of(), 3, 0, List.of()));
  }

  @Test
  void writesAreSortedByRecord() throws Exception {
    assertThat(apply(on(5)).writes()).extracting(SinkResult.Write::record).isSorted().hasSize(5);
  }

  @Test
  void recordsOfOtherTenantsAreLeftAlone() throws Exception {
    fixture.sink().apply(fixture.otherTenant(), on(3), 0);
    apply(machines(2, PowerState.SUSPENDED));
    apply(on(0));

    assertRecords(fixture.tenant(), on(0));
    assertRecords(fixture.otherTenant(), on(3));
  }

  @Test
  void deletionOfManyIsHeld() throws Exception {
    apply(on(MANY));
    SinkResult result = apply(on(0));

    assertThat(result.heldDeletions()).isEqualTo(MANY);
    assertThat(result.complete()).isFalse();
    assertRecords(fixture.tenant(), on(MANY));
  }

  @Test
  void heldDeletionGoesAheadIfItsNumberIsConfirmed() throws Exception {
    apply(on(MANY));

    assertThat(apply(on(0), MANY).count(Kind.DELETED)).isEqualTo(MANY);
    assertRecords(fixture.tenant(), on(0));
  }

  @Test
  void anotherNumberConfirmsNothing() throws Exception {
    apply(on(MANY));

    assertThat(apply(on(0), MANY - 1).heldDeletions()).isEqualTo(MANY);
    assertRecords(fixture.tenant(), on(MANY));
  }

  @Test
  void recordThatCannotBeWrittenStopsNoOther() throws Exception {
    fixture.refuse("contract-01");
    SinkResult result = apply(on(3));

    assertThat(result.count(Kind.CREATED)).isEqualTo(2);
    assertThat(fixture.records(fixture.tenant())).hasSize(2);
  }

  @Test
  void recordThatCannotBeWrittenIsNamed() throws Exception {
    fixture.refuse("contract-01");
    SinkResult result = apply(on(3));

    assertThat(result.problems())
        .singleElement()
        .satisfies(problem -> assertThat(problem.record()).contains("contract-01"));
    assertThat(result.complete()).isFalse();
  }

  @Test
  void interruptedCallThrowsInterruptedException() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> apply(on(3))).isInstanceOf(InterruptedException.class);
    } finally {
      Thread.interrupted();
    }
  }
}
