package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vminventory.api.Inventory;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.k8s.DeletionPolicy;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmSpec;
import io.vminventory.k8s.VmStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what a tenant's records should say with what they do say. It only decides; nothing here
 * touches the network or the clock.
 *
 * <p>A record of a machine that is gone is deleted only if it carries our labels. One without them
 * was released (see {@link DeletionPolicy#RETAIN}) or taken out of our hands by a person, and is
 * left alone; if its machine returns, it is adopted again.
 */
final class Planner {

  private static final int SUMMARY_LENGTH = 256;

  private final TenantId tenant;
  private final String namespace;
  private final Ownership ownership;

  /**
   * @param namespace where the records are
   */
  Planner(TenantId tenant, String namespace) {
    this.tenant = tenant;
    this.namespace = namespace;
    this.ownership = new Ownership(tenant);
  }

  /**
   * How the records become true.
   *
   * @param confirmed see {@link DeletionGuard#held}
   * @param granted see {@link DeletionGuard#held}
   */
  Plan plan(
      Inventory inventory,
      Observed observed,
      DeletionGuard guard,
      int confirmed,
      int granted,
      Instant now) {
    Map<String, VirtualMachine> missing = new LinkedHashMap<>();
    inventory.machines().forEach(machine -> missing.put(machine.id().value(), machine));
    List<Plan.Step> deletions = new ArrayList<>();
    List<Plan.Step> writes = new ArrayList<>();
    int unchanged = 0;
    int released = 0;
    for (VmResource record : observed.own()) {
      VirtualMachine machine = missing.remove(record.getSpec().source().key());
      if (machine == null) {
        // Gone, or a second record of one machine, which nobody but a person can have made.
        if (ownership.isLabelled(record)) {
          deletions.add(delete(record));
        } else {
          released++;
        }
        continue;
      }
      Optional<Plan.Step> change = change(record, machine, now);
      change.ifPresent(writes::add);
      unchanged += change.isPresent() ? 0 : 1;
    }
    List<Plan.Step> held = new ArrayList<>();
    if (guard.held(observed.own().size() - released, deletions.size(), confirmed, granted) > 0) {
      held.addAll(deletions);
      deletions.clear();
    }
    Set<String> taken = new HashSet<>(observed.names());
    deletions.forEach(step -> taken.remove(step.name()));
    Map<VirtualMachineId, String> names = new RecordNames(tenant).choose(missing.values(), taken);
    names.forEach(
        (id, name) ->
            writes.add(create(Objects.requireNonNull(missing.get(id.value())), name, now)));
    return new Plan(deletions, writes, unchanged, held);
  }

  /** How the records stop being ours, when the Tenant is deleted. */
  Plan release(Observed observed, DeletionPolicy policy) {
    List<VmResource> labelled = observed.own().stream().filter(ownership::isLabelled).toList();
    return switch (policy) {
      case DELETE ->
          new Plan(labelled.stream().map(Planner::delete).toList(), List.of(), 0, List.of());
      case RETAIN ->
          new Plan(List.of(), labelled.stream().map(this::withoutLabels).toList(), 0, List.of());
    };
  }

  private Optional<Plan.Step> change(VmResource record, VirtualMachine machine, Instant now) {
    VmStatus before = Objects.requireNonNullElseGet(record.getStatus(), VmStatus::empty);
    VmStatus after = VmRecords.status(machine, before, now);
    List<String> differences = new ArrayList<>();
    Differences.between(before, after).forEach(change -> differences.add(change.toString()));
    if (!ownership.isLabelled(record)) {
      differences.add("labels repaired");
    }
    if (differences.isEmpty()) {
      return Optional.empty();
    }
    VmResource changed = copy(record, ownership.withLabels(record), after);
    return Optional.of(
        new Plan.Step(Kind.CHANGED, changed, summary(String.join(", ", differences))));
  }

  private Plan.Step create(VirtualMachine machine, String name, Instant now) {
    VmResource vm = new VmResource();
    vm.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(namespace)
            .withLabels(new HashMap<>(ownership.labels()))
            .build());
    vm.setSpec(
        new VmSpec(new VmSpec.Source(tenant.name(), tenant.namespace(), machine.id().value())));
    vm.setStatus(VmRecords.status(machine, VmStatus.empty(), now));
    return new Plan.Step(Kind.CREATED, vm, summary(machine.name()));
  }

  private static Plan.Step delete(VmResource record) {
    String vmname = record.getStatus() == null ? null : record.getStatus().vmname();
    String summary = Objects.requireNonNullElse(vmname, record.getMetadata().getName());
    return new Plan.Step(Kind.DELETED, record, summary(summary));
  }

  private Plan.Step withoutLabels(VmResource record) {
    VmResource released = copy(record, ownership.withoutLabels(record), record.getStatus());
    return new Plan.Step(Kind.CHANGED, released, "released");
  }

  /** The same version of the same object, with everything on it that is a person's. */
  private static VmResource copy(VmResource record, Map<String, String> labels, VmStatus status) {
    VmResource copy = new VmResource();
    copy.setMetadata(
        new ObjectMetaBuilder(record.getMetadata())
            .withLabels(labels)
            .withManagedFields(List.<ManagedFieldsEntry>of())
            .build());
    copy.setSpec(record.getSpec());
    copy.setStatus(status);
    return copy;
  }

  private static String summary(String text) {
    return Texts.clean(text, SUMMARY_LENGTH);
  }
}
