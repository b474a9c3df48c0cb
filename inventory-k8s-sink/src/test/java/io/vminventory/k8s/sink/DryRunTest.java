package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.Names;
import io.vminventory.testkit.kubernetes.EmbeddedKubernetes;
import io.vminventory.testkit.kubernetes.Fault;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("embedded")
class DryRunTest extends SinkFixture {

  private final EmbeddedKubernetes kubernetes = ((EmbeddedCluster) server()).kubernetes();
  private final DryRun dryRun = new DryRun(client(), SinkOptions.defaults(), clock);

  DryRunTest() {
    super(new EmbeddedCluster());
  }

  @Test
  void plansWhatTheSinkThenDoesAndWritesNothing() throws Exception {
    apply(
        Machines.inventory(
            Machines.typical(1).build(), Machines.typical(2).build(), Machines.typical(3).build()));
    label("web-2", Names.TENANT_LABEL);
    Inventory next =
        Machines.inventory(
            Machines.typical(1).numCpu(4).build(),
            Machines.typical(2).build(),
            Machines.named(4, "new"));
    long before = writes();

    PlannedChanges plan = dryRun.plan(tenant(), next, 0);

    assertThat(writes()).isEqualTo(before);
    assertThat(plan.held()).isEmpty();
    assertThat(plan.unchanged()).isZero();
    assertThat(plan.steps())
        .extracting(PlannedChanges.Step::kind, PlannedChanges.Step::record)
        .containsExactly(
            tuple(Kind.CREATED, "new"),
            tuple(Kind.CHANGED, "web-1"),
            tuple(Kind.CHANGED, "web-2"),
            tuple(Kind.DELETED, "web-3"));
    assertThat(plan.steps().get(1).changes()).containsExactly(new FieldChange("numCpu", "2", "4"));
    assertThat(plan.steps().get(2).changes())
        .singleElement()
        .satisfies(
            change -> {
              assertThat(change.field()).isEqualTo("labels");
              assertThat(change.from()).contains(Names.TENANT_LABEL + "=x");
              assertThat(change.to()).contains(Names.TENANT_LABEL + "=test");
            });

    assertThat(applyAfresh(next).writes())
        .extracting(SinkResult.Write::kind, SinkResult.Write::record)
        .containsExactlyInAnyOrderElementsOf(
            plan.steps().stream().map(step -> tuple(step.kind(), step.record())).toList());
    assertThat(dryRun.plan(tenant(), next, 0))
        .isEqualTo(new PlannedChanges(List.of(), List.of(), 3));
  }

  /** By a new sink, which has read the edited records. */
  private SinkResult applyAfresh(Inventory inventory) throws Exception {
    try (KubernetesInventorySink fresh =
        new KubernetesInventorySink(client(), SinkOptions.defaults(), WritePermit.ALWAYS, clock)) {
      return fresh.apply(tenant(), inventory, 0);
    }
  }

  @Test
  void namesTheDeletionsThatTheSinkHoldsBack() throws Exception {
    apply(Machines.typicals(20));
    Inventory few = Machines.typicals(5);

    PlannedChanges held = dryRun.plan(tenant(), few, 14);
    PlannedChanges confirmed = dryRun.plan(tenant(), few, 15);

    assertThat(held.steps()).isEmpty();
    assertThat(held.unchanged()).isEqualTo(5);
    assertThat(held.held())
        .hasSize(15)
        .allMatch(step -> step.kind() == Kind.DELETED && step.machine().equals(step.record()));
    assertThat(confirmed.held()).isEmpty();
    assertThat(confirmed.count(Kind.DELETED)).isEqualTo(15);
    assertThat(sink().apply(tenant(), few, 0).heldDeletions()).isEqualTo(15);
  }

  @Test
  void recordsOfOtherTenantsAndNamespacesAreIgnored() throws Exception {
    apply(Machines.typicals(2));
    assertThat(
            dryRun.plan(tenant("default", "other", namespace()), Machines.typicals(1), 0).steps())
        .extracting(PlannedChanges.Step::kind, PlannedChanges.Step::machine)
        .containsExactly(tuple(Kind.CREATED, "web-0"));
    assertThat(dryRun.plan(tenant("default", "test", "elsewhere"), Machines.typicals(1), 0).steps())
        .extracting(PlannedChanges.Step::record)
        .containsExactly("web-0");
  }

  @Test
  void controlCharactersOfAHandMadeRecordAreReplaced() throws Exception {
    apply(Machines.typicals(1));
    vms()
        .withName("web-0")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"guestHostName\":\"\\u001b[2Jgone\"}}");
    assertThat(dryRun.plan(tenant(), Machines.typicals(1), 0).steps().get(0).changes())
        .containsExactly(new FieldChange("guestHostName", "\uFFFD[2Jgone", "web-0.example.com"));
  }

  @Test
  void unknownFactsChangeNothingButTheCondition() throws Exception {
    apply(Machines.typicals(1));
    Inventory unknown = Machines.inventory(VirtualMachine.unknownForNow(Machines.id(0)));

    assertThat(dryRun.plan(tenant(), unknown, 0).steps())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.machine()).isEqualTo("web-0");
              assertThat(step.changes())
                  .extracting(FieldChange::field)
                  .containsExactly("conditions");
            });
  }

  @Test
  void missingRightIsNamed() {
    kubernetes.faults().inject(Fault.status(403).verb("list").resource("vms"));
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(() -> dryRun.plan(tenant(), Machines.inventory(), 0))
        .withMessageContaining("grant list on vms.vminventory.io there")
        .matches(e -> e.failure() == Failure.MISCONFIGURED);
  }
}
