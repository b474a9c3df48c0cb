package io.vminventory.operator.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.sink.FieldChange;
import io.vminventory.k8s.sink.PlannedChanges;
import io.vminventory.k8s.sink.PlannedChanges.Step;
import io.vminventory.k8s.sink.SinkOptions;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class PlanReportTest {

  private static final List<Step> STEPS =
      List.of(
          new Step(Kind.DELETED, "old", "old", List.of()),
          new Step(
              Kind.CHANGED,
              "web-1",
              "web-1",
              List.of(
                  new FieldChange("powerState", "poweredOn", "poweredOff"),
                  new FieldChange("ips", "[10.0.0.1]", "none"))),
          new Step(Kind.CREATED, "dc0-h0-vm1-3d82d153e1", "DC0_H0_VM1", List.of()));

  private static final List<Step> HELD =
      IntStream.range(0, 11)
          .mapToObj(i -> new Step(Kind.DELETED, "gone-" + i, "gone-" + i, List.of()))
          .toList();

  @Test
  void aPersonReadsWhatWouldBeDone() {
    assertThat(report(new PlannedChanges(STEPS, List.of(), 17), false, 0).table())
        .containsExactly(
            "Tenant default/test: 19 machines seen on vCenter 8, records in namespace test-tenant",
            "",
            "ACTION   RECORD                  MACHINE      CHANGE",
            "create   dc0-h0-vm1-3d82d153e1   DC0_H0_VM1",
            "change   web-1                   web-1        powerState: poweredOn -> poweredOff",
            "                                              ips: [10.0.0.1] -> none",
            "delete   old                     old",
            "",
            "1 to create, 1 to change, 1 to delete, 17 unchanged, 0 deletions held",
            "Nothing was written.");
  }

  @Test
  void nothingToDoIsSaidInALine() {
    assertThat(report(new PlannedChanges(List.of(), List.of(), 19), false, 0).table())
        .containsExactly(
            "Tenant default/test: 19 machines seen on vCenter 8, records in namespace test-tenant",
            "",
            "0 to create, 0 to change, 0 to delete, 19 unchanged, 0 deletions held",
            "Nothing was written.");
  }

  @Test
  void heldDeletionsAreExplainedWithTheConfirmation() {
    assertThat(report(new PlannedChanges(List.of(), HELD, 9), true, 10).table())
        .contains(
            "hold     gone-10   gone-10",
            "0 to create, 0 to change, 0 to delete, 9 unchanged, 11 deletions held",
            "Deletions are held: 11 records no longer have a machine; that is more than 10, and more"
                + " than 30 % of all.",
            "The account may have lost a permission: check whether it still sees all of its machines.",
            "The Tenant's annotation confirms 10, which is not that number.",
            "If these machines are really gone: kubectl annotate tenant test -n default --overwrite"
                + " vminventory.io/confirm-deletion=11",
            "The Tenant is suspended: the operator does none of this until suspend is false.");
  }

  @Test
  void aProgramReadsTheSame() {
    assertThat(report(new PlannedChanges(STEPS, HELD.subList(0, 1), 17), false, 0).json())
        .isEqualToIgnoringNewLines(
            """
            {
              "tenant" : "default/test",
              "targetNamespace" : "test-tenant",
              "suspended" : false,
              "serverVersion" : "vCenter 8",
              "machines" : 19,
              "create" : [ {
                "record" : "dc0-h0-vm1-3d82d153e1",
                "machine" : "DC0_H0_VM1"
              } ],
              "change" : [ {
                "record" : "web-1",
                "machine" : "web-1",
                "changes" : [ {
                  "field" : "powerState",
                  "from" : "poweredOn",
                  "to" : "poweredOff"
                }, {
                  "field" : "ips",
                  "from" : "[10.0.0.1]",
                  "to" : "none"
                } ]
              } ],
              "delete" : [ {
                "record" : "old",
                "machine" : "old"
              } ],
              "held" : [ {
                "record" : "gone-0",
                "machine" : "gone-0"
              } ],
              "unchanged" : 17,
              "confirm" : "kubectl annotate tenant test -n default --overwrite vminventory.io/confirm-deletion=1"
            }
            """);
  }

  private static PlanReport report(PlannedChanges changes, boolean suspended, int confirmed) {
    return new PlanReport(
        new TenantId("default", "test"),
        "test-tenant",
        suspended,
        "vCenter 8",
        19,
        confirmed,
        SinkOptions.defaults(),
        changes);
  }
}
