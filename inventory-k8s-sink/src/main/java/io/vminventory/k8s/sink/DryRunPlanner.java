package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.Tenant;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.internal.DisplayText;
import io.vminventory.k8s.sink.RecordIndex.ObjectKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/** Planner of a {@link DryRun}, which reads the records of one namespace and writes nothing. */
record DryRunPlanner<R extends HasMetadata, F>(
    RecordStore<R> store, RecordFormat<R, F> format, DeletionGuard guard) {

  private static final int MAX_TEXT_LENGTH = 256;

  PlannedChanges plan(Tenant tenant, Inventory inventory, int confirmedDeletions, Instant now)
      throws InventoryException {
    RecordIndex<R> index = list(tenant.target());
    DirtyKeys dirtyKeys = new DirtyKeys(tenant.target(), inventory);
    Plan<R> plan =
        new Planner<>(format, tenant.id(), tenant.target())
            .plan(
                dirtyKeys,
                index.observe(tenant.id(), dirtyKeys),
                guard,
                confirmedDeletions,
                0,
                now);
    Ownership ownership = new Ownership(tenant.id());
    List<Plan.Step<R>> steps = new ArrayList<>(plan.deletions());
    steps.addAll(plan.writes());
    return new PlannedChanges(
        steps.stream().map(step -> step(step, index, ownership)).toList(),
        plan.held().stream().map(step -> step(step, index, ownership)).toList(),
        plan.unchanged());
  }

  private RecordIndex<R> list(String namespace) throws InventoryException {
    RecordIndex<R> index = new RecordIndex<>(format);
    try {
      store.list(namespace).forEach(index::put);
    } catch (KubernetesClientException e) {
      throw store.errors().onList(e, namespace);
    }
    return index;
  }

  private PlannedChanges.Step step(Plan.Step<R> step, RecordIndex<R> index, Ownership ownership) {
    R old = index.find(ObjectKey.of(step.object()));
    List<FieldChange> changes =
        step.kind() == Kind.CHANGED && old != null
            ? changes(old, step.object(), ownership)
            : List.of();
    return new PlannedChanges.Step(step.kind(), step.name(), machine(step), changes);
  }

  private String machine(Plan.Step<R> step) {
    return DisplayText.clean(
        format.machineName(format.facts(step.object())).orElseGet(step::name), MAX_TEXT_LENGTH);
  }

  private List<FieldChange> changes(R old, R now, Ownership ownership) {
    List<FieldChange> changes = new ArrayList<>();
    for (FieldChange change :
        FieldChange.between(format.fields(), format.facts(old), format.facts(now))) {
      changes.add(
          new FieldChange(
              change.field(),
              DisplayText.clean(change.from(), MAX_TEXT_LENGTH),
              DisplayText.clean(change.to(), MAX_TEXT_LENGTH)));
    }
    if (!ownership.isLabelled(old)) {
      changes.add(new FieldChange("labels", ourLabels(old), ourLabels(now)));
    }
    return changes;
  }

  private static String ourLabels(HasMetadata record) {
    Map<String, String> labels =
        new TreeMap<>(Objects.requireNonNullElse(record.getMetadata().getLabels(), Map.of()));
    labels
        .keySet()
        .retainAll(
            new TreeSet<>(
                List.of(Names.MANAGED_BY_LABEL, Names.TENANT_LABEL, Names.TENANT_NAMESPACE_LABEL)));
    return labels.isEmpty() ? "none" : labels.toString();
  }
}
