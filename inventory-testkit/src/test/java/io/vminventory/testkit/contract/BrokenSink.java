package io.vminventory.testkit.contract;

import io.vminventory.api.Change;
import io.vminventory.api.Fact;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySink;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.VirtualMachine;
import io.vminventory.testkit.fake.FakeFixture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The fake sink with one promise broken.
 *
 * @param name what is wrong with it
 * @param made makes it
 * @param caughtBy the contract's tests that notice it, and no others do
 */
record BrokenSink(String name, Function<FakeSink, InventorySink> made, Set<String> caughtBy) {

  private static BrokenSink of(
      String name, Function<FakeSink, InventorySink> made, String... caughtBy) {
    return new BrokenSink(name, made, Set.of(caughtBy));
  }

  private static BrokenSink withResult(
      String name, UnaryOperator<SinkResult> replaceResult, String... caughtBy) {
    return of(
        name,
        fake ->
            (tenant, inventory, confirmed) ->
                replaceResult.apply(fake.apply(tenant, inventory, confirmed)),
        caughtBy);
  }

  /** The one of this name; {@code unbroken} is the fake itself. */
  static BrokenSink named(String name) {
    return Stream.concat(all().stream(), Stream.of(of("unbroken", fake -> fake)))
        .filter(sink -> sink.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<BrokenSink> all() {
    return List.of(
        of(
            "change not written",
            fake ->
                (tenant, inventory, confirmed) ->
                    fake.apply(tenant, withOld(inventory, fake.records(tenant)), confirmed),
            "changedMachineChangesItsRecord"),
        of(
            "record of a machine that is gone kept",
            fake ->
                (tenant, inventory, confirmed) ->
                    fake.apply(tenant, withGone(inventory, fake.records(tenant)), confirmed),
            "recordOfAMachineThatIsGoneIsDeleted",
            "recordsOfOtherTenantsAreLeftAlone",
            "deletionOfManyIsHeld",
            "heldDeletionGoesAheadIfItsNumberIsConfirmed",
            "anotherNumberConfirmsNothing"),
        of(
            "unknown fact written as none",
            fake ->
                (tenant, inventory, confirmed) ->
                    fake.apply(tenant, withoutUnknown(inventory), confirmed),
            "unknownFactKeepsTheValueOfItsRecord",
            "machineOfWhichNothingIsKnownKeepsItsRecord"),
        of(
            "machine of which nothing is known taken for gone",
            fake ->
                (tenant, inventory, confirmed) ->
                    fake.apply(tenant, withKnownOnly(inventory), confirmed),
            "machineOfWhichNothingIsKnownKeepsItsRecord"),
        withResult(
            "everything reported as a change",
            result ->
                new SinkResult(
                    result.writes().stream()
                        .map(write -> new SinkResult.Write(Kind.CHANGED, write.record(), ""))
                        .toList(),
                    result.unchanged(),
                    result.heldDeletions(),
                    result.problems()),
            "machinesBecomeRecords",
            "recordThatCannotBeWrittenStopsNoOther",
            "recordOfAMachineThatIsGoneIsDeleted",
            "heldDeletionGoesAheadIfItsNumberIsConfirmed"),
        withResult(
            "right records written again",
            result -> {
              List<SinkResult.Write> writes = new ArrayList<>(result.writes());
              writes.addAll(
                  Collections.nCopies(
                      result.unchanged(), new SinkResult.Write(Kind.CHANGED, "x", "x")));
              return new SinkResult(writes, 0, result.heldDeletions(), result.problems());
            },
            "recordOfAMachineThatIsGoneIsDeleted",
            "recordThatIsRightIsNotWritten"),
        withResult(
            "writes in no order",
            result -> {
              List<SinkResult.Write> writes = new ArrayList<>(result.writes());
              Collections.reverse(writes);
              return new SinkResult(
                  writes, result.unchanged(), result.heldDeletions(), result.problems());
            },
            "writesAreSortedByRecord"),
        of(
            "records of all tenants taken for its own",
            fake ->
                (tenant, inventory, confirmed) -> fake.apply(FakeFixture.ANN, inventory, confirmed),
            "recordsOfOtherTenantsAreLeftAlone"),
        of(
            "nothing held",
            fake ->
                (tenant, inventory, confirmed) ->
                    fake.apply(tenant, inventory, gone(inventory, fake.records(tenant))),
            "deletionOfManyIsHeld",
            "anotherNumberConfirmsNothing"),
        of(
            "any number confirms",
            fake ->
                (tenant, inventory, confirmed) ->
                    fake.apply(
                        tenant,
                        inventory,
                        confirmed == 0 ? 0 : gone(inventory, fake.records(tenant))),
            "anotherNumberConfirmsNothing"),
        of(
            "no number confirms",
            fake -> (tenant, inventory, confirmed) -> fake.apply(tenant, inventory, 0),
            "heldDeletionGoesAheadIfItsNumberIsConfirmed"),
        of(
            "one refusal stops all",
            fake ->
                (tenant, inventory, confirmed) -> {
                  if (inventory.machines().stream().anyMatch(fake::refuses)) {
                    throw new InventoryException(Failure.UNAVAILABLE, "a record is refused");
                  }
                  return fake.apply(tenant, inventory, confirmed);
                },
            "recordThatCannotBeWrittenStopsNoOther",
            "recordThatCannotBeWrittenIsNamed"),
        withResult(
            "refusal not reported",
            result ->
                new SinkResult(
                    result.writes(), result.unchanged(), result.heldDeletions(), List.of()),
            "recordThatCannotBeWrittenIsNamed"),
        of(
            "deaf to interrupts",
            fake ->
                (tenant, inventory, confirmed) -> {
                  Thread.interrupted();
                  return fake.apply(tenant, inventory, confirmed);
                },
            "interruptedCallThrowsInterruptedException"));
  }

  private static Inventory withoutUnknown(Inventory inventory) {
    return Inventory.of(
        inventory.serverVersion(),
        inventory.machines().stream()
            .map(
                vm ->
                    vm.unknown().isEmpty()
                        ? vm
                        : VirtualMachine.builder(vm.id(), vm.name()).build())
            .toList());
  }

  private static Inventory withKnownOnly(Inventory inventory) {
    return Inventory.of(
        inventory.serverVersion(),
        inventory.machines().stream()
            .filter(vm -> vm.unknown().size() < Fact.values().length)
            .toList());
  }

  private static Inventory withOld(Inventory inventory, Inventory records) {
    return inventory.with(
        records.machines().stream()
            .filter(vm -> inventory.find(vm.id()).isPresent())
            .<Change>map(Change.Put::new)
            .toList());
  }

  private static Inventory withGone(Inventory inventory, Inventory records) {
    return inventory.with(
        records.machines().stream()
            .filter(vm -> inventory.find(vm.id()).isEmpty())
            .<Change>map(Change.Put::new)
            .toList());
  }

  private static int gone(Inventory inventory, Inventory records) {
    return (int)
        records.machines().stream()
            .map(VirtualMachine::id)
            .filter(id -> inventory.find(id).isEmpty())
            .count();
  }

  @Override
  public String toString() {
    return name + ": " + String.join(", ", caughtBy.stream().sorted().toList());
  }
}
