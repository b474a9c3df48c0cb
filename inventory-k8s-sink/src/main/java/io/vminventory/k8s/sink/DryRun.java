package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.Tenant;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmStatus;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells what {@link KubernetesInventorySink#apply} would do: the same decision on the same facts,
 * and nothing is written. It lists the records of one namespace, so that right is enough.
 *
 * <p>Thread-safe; the client stays the caller's.
 */
public final class DryRun {

  private static final int TEXT_LENGTH = 256;

  private final VmStore store;
  private final DeletionGuard guard;
  private final InstantSource clock;

  /**
   * @param options those of the sink; only the limits for deletions count
   */
  public DryRun(KubernetesClient client, SinkOptions options, InstantSource clock) {
    this.store = new VmStore(client);
    this.guard = DeletionGuard.of(options);
    this.clock = clock;
  }

  /**
   * What would be done; the parameters are those of {@link KubernetesInventorySink#apply}.
   *
   * @throws InventoryException if the records cannot be read
   */
  public PlannedChanges plan(Tenant tenant, Inventory inventory, int confirmedDeletions)
      throws InventoryException {
    Ownership ownership = new Ownership(tenant.id());
    Observed observed = observe(tenant.target(), ownership);
    Plan plan =
        new Planner(tenant.id(), tenant.target())
            .plan(
                inventory,
                observed,
                guard,
                confirmedDeletions,
                0,
                clock.instant().truncatedTo(ChronoUnit.SECONDS));
    Map<String, VmResource> before =
        observed.own().stream()
            .collect(Collectors.toMap(vm -> vm.getMetadata().getName(), Function.identity()));
    List<Plan.Step> steps = new ArrayList<>(plan.deletions());
    steps.addAll(plan.writes());
    return new PlannedChanges(
        steps.stream().map(step -> step(step, before, ownership)).toList(),
        plan.held().stream().map(step -> step(step, before, ownership)).toList(),
        plan.unchanged());
  }

  private Observed observe(String namespace, Ownership ownership) throws InventoryException {
    RecordIndex index = new RecordIndex();
    try {
      store.list(namespace).forEach(index::put);
    } catch (KubernetesClientException e) {
      throw ApiErrors.onList(e, namespace);
    }
    return index.observe(namespace, ownership);
  }

  private static PlannedChanges.Step step(
      Plan.Step step, Map<String, VmResource> before, Ownership ownership) {
    VmResource old = before.get(step.name());
    List<FieldChange> changes =
        step.kind() == Kind.CHANGED && old != null ? changes(old, step.vm(), ownership) : List.of();
    return new PlannedChanges.Step(step.kind(), step.name(), machine(step), changes);
  }

  private static String machine(Plan.Step step) {
    VmStatus status = step.vm().getStatus();
    String name = status == null ? null : status.vmname();
    return Texts.clean(Objects.requireNonNullElse(name, step.name()), TEXT_LENGTH);
  }

  private static List<FieldChange> changes(VmResource old, VmResource now, Ownership ownership) {
    VmStatus before = Objects.requireNonNullElseGet(old.getStatus(), VmStatus::empty);
    List<FieldChange> changes = new ArrayList<>();
    for (FieldChange change : Differences.between(before, now.getStatus())) {
      changes.add(
          new FieldChange(
              change.field(),
              Texts.clean(change.from(), TEXT_LENGTH),
              Texts.clean(change.to(), TEXT_LENGTH)));
    }
    if (!ownership.isLabelled(old)) {
      changes.add(new FieldChange("labels", ourLabels(old), ourLabels(now)));
    }
    return changes;
  }

  private static String ourLabels(VmResource vm) {
    Map<String, String> labels =
        new TreeMap<>(Objects.requireNonNullElse(vm.getMetadata().getLabels(), Map.of()));
    labels
        .keySet()
        .retainAll(
            new TreeSet<>(
                List.of(Names.MANAGED_BY_LABEL, Names.TENANT_LABEL, Names.TENANT_NAMESPACE_LABEL)));
    return labels.isEmpty() ? "none" : labels.toString();
  }
}
