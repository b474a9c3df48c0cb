package io.vminventory.k8s.sink;

import static io.vminventory.k8s.sink.Plans.NOW;
import static io.vminventory.k8s.sink.Plans.TENANT;
import static io.vminventory.k8s.sink.Plans.own;
import static io.vminventory.k8s.sink.Plans.plan;
import static io.vminventory.k8s.sink.Plans.records;
import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Fact;
import io.vminventory.api.Inventory;
import io.vminventory.api.PowerState;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.DeletionPolicy;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmSpec;
import io.vminventory.k8s.VmStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class PlannerTest {

  private static final TenantId OTHER = new TenantId("other", "test");

  private final Planner<VmResource, VmStatus> planner =
      new Planner<>(new VmFormat(), TENANT, "target");

  @Test
  void newMachineIsCreatedWithIdentityLabelsAndFacts() {
    Plan<VmResource> plan = plan(Machines.inventory(Machines.typical(1).build()), List.of());

    assertThat(plan.deletions()).isEmpty();
    assertThat(plan.unchanged()).isZero();
    Plan.Step<VmResource> step = plan.writes().get(0);
    assertThat(step.kind()).isEqualTo(Kind.CREATED);
    assertThat(step.summary()).isEqualTo("web-1");
    assertThat(step.object().getMetadata().getName()).isEqualTo("web-1");
    assertThat(step.object().getMetadata().getNamespace()).isEqualTo("target");
    assertThat(step.object().getMetadata().getLabels())
        .isEqualTo(
            Map.of(
                "app.kubernetes.io/managed-by", "vminventory",
                "vminventory.io/tenant", "test",
                "vminventory.io/tenant-namespace", "default"));
    assertThat(step.object().getSpec().source())
        .isEqualTo(new VmSpec.Source("test", "default", Machines.id(1).value()));
    assertThat(step.object().getStatus().updateDate()).isEqualTo(NOW);
  }

  @Test
  void readThatChangesNothingPlansNothing() {
    Inventory inventory = Machines.typicals(20);

    Plan<VmResource> plan = plan(inventory, records(inventory, TENANT));

    assertThat(plan).isEqualTo(new Plan<>(List.of(), List.of(), 20, List.of()));
  }

  @Test
  void changeSaysWhatIsDifferent() {
    List<VmResource> records = records(Machines.typicals(1), TENANT);

    Plan<VmResource> plan =
        plan(
            Machines.inventory(
                Machines.typical(0)
                    .powerState(PowerState.POWERED_OFF)
                    .numCpu(4)
                    .ips(List.of())
                    .unreadable(Fact.GUEST_OS)
                    .guestOS(null)
                    .build()),
            records);

    Plan.Step<VmResource> step = plan.writes().get(0);
    assertThat(step.kind()).isEqualTo(Kind.CHANGED);
    assertThat(step.summary())
        .isEqualTo(
            "powerState poweredOn -> poweredOff, numCpu 2 -> 4, ips [10.141.0.1] -> none,"
                + " primaryIP 10.141.0.1 -> none, guestOS Ubuntu Linux (64-bit) -> none,"
                + " conditions none -> [Partial True NotReadable The account may not read guestOS]");
    assertThat(step.object().getStatus().updateDate()).isEqualTo(NOW);
    assertThat(step.object().getMetadata().getResourceVersion()).isEqualTo("1");
  }

  @Test
  void summaryIsBounded() {
    List<VmResource> records = records(Machines.typicals(1), TENANT);

    Plan<VmResource> plan =
        plan(
            Machines.inventory(
                Machines.typical(0).folder("\n" + "x".repeat(900)).host("h".repeat(900)).build()),
            records);

    assertThat(plan.writes().get(0).summary()).hasSize(256).endsWith("…").doesNotContain("\n");
  }

  @Test
  void renamedMachineKeepsItsObject() {
    List<VmResource> records = records(Machines.inventory(Machines.named(1, "old")), TENANT);

    Plan<VmResource> plan = plan(Machines.inventory(Machines.named(1, "new")), records);

    assertThat(plan.deletions()).isEmpty();
    assertThat(plan.writes())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.name()).isEqualTo("old");
              assertThat(step.summary()).isEqualTo("vmname old -> new");
            });
  }

  @Test
  void machineThatIsUnknownForNowChangesOnlyTheConditionOnce() {
    List<VmResource> records = records(Machines.typicals(1), TENANT);
    Inventory inventory = Machines.inventory(VirtualMachine.unknownForNow(Machines.id(0)));

    Plan<VmResource> plan = plan(inventory, records);

    assertThat(plan.writes())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.summary())
                  .startsWith("conditions none -> [Stale True UnknownForNow ");
              assertThat(step.object().getStatus().vmname()).isEqualTo("web-0");
            });
    assertThat(plan(inventory, List.of(plan.writes().get(0).object())).writes()).isEmpty();
  }

  @Test
  void recordOfAMachineWithAnUnknownNameIsNamedAfterItsIdAndKeepsThatName() {
    Inventory inventory =
        Machines.inventory(VirtualMachine.builder(Machines.id(57)).numCpu(2).build());
    VmResource record = records(inventory, TENANT).get(0);
    assertThat(record.getMetadata().getName()).isEqualTo("vm-57");
    assertThat(record.getStatus().vmname()).isNull();
    assertThat(plan(inventory, List.of(record)).writes()).isEmpty();

    Plan<VmResource> named =
        plan(
            Machines.inventory(VirtualMachine.builder(Machines.id(57), "web").numCpu(2).build()),
            List.of(record));

    assertThat(named.writes())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.name()).isEqualTo("vm-57");
              assertThat(step.summary()).startsWith("vmname none -> web, conditions [Stale ");
            });
  }

  @Test
  void metadataAddedByPeopleStays() {
    VmResource record = records(Machines.inventory(Machines.named(1, "old")), TENANT).get(0);
    record.getMetadata().getLabels().put("team", "blue");
    record.getMetadata().setAnnotations(Map.of("note", "do not touch"));
    record.getMetadata().setFinalizers(List.of("example.com/wait"));

    VmResource changed =
        plan(Machines.inventory(Machines.named(1, "new")), List.of(record))
            .writes()
            .get(0)
            .object();

    assertThat(changed.getMetadata().getLabels()).hasSize(4).containsEntry("team", "blue");
    assertThat(changed.getMetadata().getAnnotations()).containsEntry("note", "do not touch");
    assertThat(changed.getMetadata().getFinalizers()).containsExactly("example.com/wait");
  }

  @Test
  void labelsChangedByHandAreRepaired() {
    VmResource record = records(Machines.inventory(Machines.named(1, "a")), TENANT).get(0);
    record.getMetadata().getLabels().put(Names.TENANT_LABEL, "foreign");
    record.getMetadata().getLabels().remove(Names.MANAGED_BY_LABEL);

    Plan<VmResource> plan = plan(Machines.inventory(Machines.named(1, "a")), List.of(record));

    assertThat(plan.writes())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.summary()).isEqualTo("labels repaired");
              assertThat(new Ownership(TENANT).isLabelled(step.object())).isTrue();
            });
  }

  @Test
  void recordOfADeletedMachineIsDeleted() {
    Plan<VmResource> plan = plan(Machines.inventory(), records(Machines.typicals(1), TENANT));

    assertThat(plan.deletions())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.kind()).isEqualTo(Kind.DELETED);
              assertThat(step.name()).isEqualTo("web-0");
              assertThat(step.summary()).isEqualTo("web-0");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {Names.MANAGED_BY_LABEL, Names.TENANT_LABEL, Names.TENANT_NAMESPACE_LABEL})
  void recordWithoutOneOfOurLabelsIsNeverDeleted(String label) {
    List<VmResource> records = records(Machines.typicals(1), TENANT);
    records.get(0).getMetadata().getLabels().remove(label);

    assertThat(plan(Machines.inventory(), records))
        .isEqualTo(new Plan<>(List.of(), List.of(), 0, List.of()));
    assertThat(planner.release(own(records), DeletionPolicy.DELETE).deletions()).isEmpty();
  }

  @Test
  void recordsOfOtherTenantsAndTheirNamesAreLeftAlone() {
    Inventory inventory = Machines.typicals(1);
    VmResource theirs = records(inventory, OTHER).get(0);
    // Even with our labels, which a person may have added.
    theirs.getMetadata().setLabels(new Ownership(TENANT).labels());

    Plan<VmResource> plan = plan(inventory, List.of(theirs));

    assertThat(plan.deletions()).isEmpty();
    assertThat(plan.writes())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.kind()).isEqualTo(Kind.CREATED);
              assertThat(step.name()).matches("web-0-[0-9a-f]{10}");
            });
  }

  @Test
  void ofTwoRecordsOfOneMachineTheOldestStays() {
    VmResource young = records(Machines.inventory(Machines.named(1, "a")), TENANT).get(0);
    VmResource old = records(Machines.inventory(Machines.named(1, "b")), TENANT).get(0);
    young.getMetadata().setCreationTimestamp("2026-11-24T00:00:00Z");

    Plan<VmResource> plan = plan(Machines.inventory(Machines.named(1, "b")), List.of(young, old));

    assertThat(plan.unchanged()).isEqualTo(1);
    assertThat(plan.writes()).isEmpty();
    assertThat(plan.deletions()).extracting(Plan.Step::name).containsExactly("a");
  }

  @Test
  void recordBeingDeletedIsReplacedUnderAnotherName() {
    Inventory inventory = Machines.typicals(1);
    List<VmResource> records = records(inventory, TENANT);
    records.get(0).getMetadata().setDeletionTimestamp("2026-11-24T00:00:00Z");

    Plan<VmResource> plan = plan(inventory, records);

    assertThat(plan.deletions()).isEmpty();
    assertThat(plan.writes()).extracting(Plan.Step::name).allMatch(n -> n.matches("web-0-\\w{10}"));
  }

  @Test
  void nameOfADeletedRecordIsFreeForItsSuccessor() {
    List<VmResource> records = records(Machines.inventory(Machines.named(1, "web")), TENANT);

    Plan<VmResource> plan = plan(Machines.inventory(Machines.named(2, "web")), records);

    assertThat(plan.deletions()).extracting(Plan.Step::name).containsExactly("web");
    assertThat(plan.writes()).extracting(Plan.Step::name).containsExactly("web");
  }

  @Test
  void otherKeysAreOtherMachinesAndHeldRecordsKeepTheirNames() {
    List<VmResource> records = records(Machines.typicals(20), TENANT);
    Inventory restored =
        Inventory.of(
            "",
            IntStream.range(0, 20).mapToObj(n -> Machines.named(1000 + n, "web-" + n)).toList());

    Plan<VmResource> held = plan(restored, records);
    Plan<VmResource> confirmed = plan(restored, records, 20);

    assertThat(held.held()).hasSize(20);
    assertThat(held.writes()).hasSize(20).allMatch(step -> step.name().matches("web-\\d+-\\w{10}"));
    assertThat(confirmed.deletions()).hasSize(20);
    assertThat(confirmed.writes()).extracting(Plan.Step::name).contains("web-0", "web-19");
  }

  @Test
  void recordFollowsAnIdThatIsUsedAgainForAnotherMachine() {
    List<VmResource> records = records(Machines.typicals(1), TENANT);

    Plan<VmResource> plan =
        plan(
            Machines.inventory(VirtualMachine.builder(Machines.id(0), "db").numCpu(8).build()),
            records);

    assertThat(plan.deletions()).isEmpty();
    assertThat(plan.writes())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.kind()).isEqualTo(Kind.CHANGED);
              assertThat(step.name()).isEqualTo("web-0");
              assertThat(step.object().getStatus().vmname()).isEqualTo("db");
              assertThat(step.object().getStatus().instanceUuid()).isNull();
            });
  }

  @Test
  void heldDeletionKeepsRecordsAndTheirNamesButWritesTheRest() {
    List<VmResource> records = records(Machines.typicals(20), TENANT);
    Inventory inventory =
        Machines.inventory(Machines.typical(0).numCpu(8).build(), Machines.named(99, "web-5"));

    Plan<VmResource> plan = plan(inventory, records);

    assertThat(plan.held()).hasSize(19);
    assertThat(plan.deletions()).isEmpty();
    assertThat(plan.writes())
        .extracting(Plan.Step::kind)
        .containsExactly(Kind.CHANGED, Kind.CREATED);
    assertThat(plan.writes().get(1).name()).matches("web-5-[0-9a-f]{10}");
    assertThat(plan(inventory, records, 18).held()).hasSize(19);
    assertThat(plan(inventory, records, 19).held()).isEmpty();
    assertThat(plan(inventory, records, 19).deletions()).hasSize(19);
  }

  @Test
  void handMadeRecordsCannotBreakThePlan() {
    VmResource noSpec = new VmResource();
    noSpec.setMetadata(records(Machines.typicals(1), TENANT).get(0).getMetadata());
    noSpec.setSpec(null);
    VmResource oddKey = records(Machines.inventory(Machines.named(1, "odd")), TENANT).get(0);
    oddKey.setSpec(new VmSpec(new VmSpec.Source("test", "default", "white space and 日本語")));
    oddKey.setStatus(null);

    Plan<VmResource> plan = plan(Machines.inventory(), List.of(noSpec, oddKey));

    assertThat(plan.deletions()).extracting(Plan.Step::name).containsExactly("odd");
  }

  @Test
  void retainedRecordLosesOurLabelsAndNothingElseAndIsAdoptedLater() {
    Inventory inventory = Machines.typicals(1);
    VmResource record = records(inventory, TENANT).get(0);
    record.getMetadata().getLabels().put("team", "blue");

    Plan<VmResource> release = planner.release(List.of(record), DeletionPolicy.RETAIN);

    VmResource released = release.writes().get(0).object();
    assertThat(release.deletions()).isEmpty();
    assertThat(released.getMetadata().getLabels()).isEqualTo(Map.of("team", "blue"));
    assertThat(released.getStatus()).isEqualTo(record.getStatus());
    assertThat(plan(inventory, List.of(released)).writes())
        .singleElement()
        .satisfies(step -> assertThat(step.object().getMetadata().getLabels()).hasSize(4));
  }

  @Test
  void releasedRecordsDoNotCountForTheDeletionGuard() {
    List<VmResource> records = records(Machines.typicals(100), TENANT);
    records.subList(12, 100).forEach(record -> record.getMetadata().setLabels(Map.of()));

    Plan<VmResource> plan = plan(Machines.inventory(), records);

    assertThat(plan.held()).hasSize(12);
    assertThat(plan.deletions()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(DeletionPolicy.class)
  void releaseIsNotGuardedAndTouchesOwnRecordsOnly(DeletionPolicy policy) {
    List<VmResource> records = records(Machines.typicals(50), TENANT);
    List<VmResource> theirs = records(Machines.typicals(50), OTHER);
    theirs.forEach(vm -> vm.getMetadata().setName("other-" + vm.getMetadata().getName()));
    records.addAll(theirs);

    Plan<VmResource> plan = planner.release(own(records), policy);

    assertThat(plan.deletions().size() + plan.writes().size()).isEqualTo(50);
  }
}
