package io.vminventory.operator.inspect;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.sink.FieldChange;
import io.vminventory.k8s.sink.PlannedChanges;
import io.vminventory.k8s.sink.PlannedChanges.Step;
import io.vminventory.k8s.sink.SinkOptions;
import io.vminventory.operator.config.OutputOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Report of what the operator would write for a Tenant. Pure.
 *
 * @param id the Tenant
 * @param target the namespace of its records
 * @param suspended whether the operator does not work for it now
 * @param serverVersion the server's own description; empty if unknown
 * @param machines number of machines that the account sees
 * @param confirmed number of deletions that the Tenant's annotation confirms; zero if none
 * @param limits the limits above which deletions are held
 * @param changes what would be written
 */
public record PlanReport(
    TenantId id,
    String target,
    boolean suspended,
    String serverVersion,
    int machines,
    int confirmed,
    SinkOptions limits,
    PlannedChanges changes)
    implements OutputOption.Report {

  @Override
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Tenant %s: %d machines seen%s, records in namespace %s"
            .formatted(
                id, machines, serverVersion.isEmpty() ? "" : " on " + serverVersion, target));
    lines.add("");
    if (!changes.steps().isEmpty() || !changes.held().isEmpty()) {
      lines.addAll(Columns.align(rows()));
      lines.add("");
    }
    lines.add(
        "%d to create, %d to change, %d to delete, %d unchanged, %d deletions held"
            .formatted(
                changes.count(Kind.CREATED),
                changes.count(Kind.CHANGED),
                changes.count(Kind.DELETED),
                changes.unchanged(),
                changes.held().size()));
    if (!changes.held().isEmpty()) {
      lines.addAll(heldDeletions());
    }
    if (suspended) {
      lines.add("The Tenant is suspended: the operator does none of this until suspend is false.");
    }
    lines.add("Nothing was written.");
    return lines;
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("ACTION", "RECORD", "MACHINE", "CHANGE"));
    changes.steps().forEach(step -> add(rows, action(step.kind()), step));
    changes.held().forEach(step -> add(rows, "hold", step));
    return rows;
  }

  private static void add(List<List<String>> rows, String action, Step step) {
    List<String> changes = step.changes().stream().map(PlanReport::text).toList();
    rows.add(
        List.of(action, step.record(), step.machine(), changes.isEmpty() ? "" : changes.get(0)));
    changes.stream().skip(1).forEach(change -> rows.add(List.of("", "", "", change)));
  }

  private static String text(FieldChange change) {
    return change.field() + ": " + change.from() + " -> " + change.to();
  }

  private static String action(Kind kind) {
    return switch (kind) {
      case CREATED -> "create";
      case CHANGED -> "change";
      case DELETED -> "delete";
    };
  }

  private List<String> heldDeletions() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Deletions are held: %d records no longer have a machine; that is more than %d, and more"
                .formatted(changes.held().size(), limits.guardCount())
            + " than %d %% of all.".formatted(limits.guardPercent()));
    lines.add(
        "The account may have lost a permission: check whether it still sees all of its machines.");
    if (confirmed > 0) {
      lines.add(
          "The Tenant's annotation confirms %d, which is not that number.".formatted(confirmed));
    }
    lines.add("If these machines are really gone: " + confirmation());
    return lines;
  }

  private String confirmation() {
    return "kubectl annotate tenant %s -n %s --overwrite %s=%d"
        .formatted(
            id.name(), id.namespace(), Names.CONFIRM_DELETION_ANNOTATION, changes.held().size());
  }

  @Override
  public String json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("tenant", id.toString());
    root.put("targetNamespace", target);
    root.put("suspended", suspended);
    root.put("serverVersion", serverVersion);
    root.put("machines", machines);
    for (Kind kind : Kind.values()) {
      ArrayNode steps = root.putArray(action(kind));
      changes.steps().stream()
          .filter(step -> step.kind() == kind)
          .forEach(step -> add(steps.addObject(), step));
    }
    ArrayNode held = root.putArray("held");
    changes.held().forEach(step -> add(held.addObject(), step));
    root.put("unchanged", changes.unchanged());
    if (!changes.held().isEmpty()) {
      root.put("confirm", confirmation());
    }
    return root.toPrettyString();
  }

  private static void add(ObjectNode node, Step step) {
    node.put("record", step.record()).put("machine", step.machine());
    if (!step.changes().isEmpty()) {
      ArrayNode changes = node.putArray("changes");
      step.changes()
          .forEach(
              change ->
                  changes
                      .addObject()
                      .put("field", change.field())
                      .put("from", change.from())
                      .put("to", change.to()));
    }
  }
}
