package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.k8s.DeletionPolicy;
import io.vminventory.k8s.internal.DisplayText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Planner for one tenant's records in one namespace: compares machines with records and decides
 * what to write. Reads neither network nor clock; its one effect is to mark clean the keys whose
 * records are up to date.
 *
 * <p>The record of a machine that is gone is deleted only if it has our labels. A record without
 * them was released (see {@link DeletionPolicy#RETAIN}) or taken over by a person, and is left
 * alone. If its machine returns, the record is adopted again.
 */
final class Planner<R extends HasMetadata, F> {

  private static final int MAX_SUMMARY_LENGTH = 256;

  private final RecordFormat<R, F> format;
  private final TenantId tenant;
  private final String namespace;
  private final Ownership ownership;

  /**
   * @param namespace where the records are
   */
  Planner(RecordFormat<R, F> format, TenantId tenant, String namespace) {
    this.format = format;
    this.tenant = tenant;
    this.namespace = namespace;
    this.ownership = new Ownership(tenant);
  }

  /**
   * The plan that brings the records up to date.
   *
   * @param dirtyKeys the keys to compare; those whose records are up to date are marked clean
   * @param observed the records of these dirty keys
   * @param confirmed see {@link DeletionGuard#heldBack}
   * @param allowed see {@link DeletionGuard#heldBack}
   */
  Plan<R> plan(
      DirtyKeys dirtyKeys,
      ObservedRecords<R> observed,
      DeletionGuard guard,
      int confirmed,
      int allowed,
      Instant now) {
    Diff<R> diff = new Diff<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    observed
        .records()
        .forEach(
            (key, records) -> {
              int before = diff.size();
              compare(dirtyKeys.machine(key), records, now, diff);
              if (diff.size() == before) {
                dirtyKeys.markClean(key);
              }
            });
    List<Plan.Step<R>> deletions =
        diff.orphans().stream().filter(ownership::isLabelled).map(this::delete).toList();
    int released = diff.orphans().size() - deletions.size();
    boolean held =
        guard.heldBack(observed.size() - released, deletions.size(), confirmed, allowed) > 0;
    List<Plan.Step<R>> writes = new ArrayList<>(diff.changes());
    writes.addAll(creations(diff.unrecorded(), observed, held ? List.of() : deletions, now));
    return new Plan<>(
        held ? List.of() : deletions,
        writes,
        dirtyKeys.inventory().size() - writes.size(),
        held ? deletions : List.of());
  }

  /**
   * Differences between machines and records.
   *
   * @param unrecorded machines without a record
   * @param changes steps for records that differ from their machine
   * @param orphans records without a machine
   */
  private record Diff<R extends HasMetadata>(
      List<VirtualMachine> unrecorded, List<Plan.Step<R>> changes, List<R> orphans) {

    int size() {
      return unrecorded.size() + changes.size() + orphans.size();
    }
  }

  /** Compares a machine with its records; only a person can have created a second one. */
  private void compare(
      Optional<VirtualMachine> machine, List<R> records, Instant now, Diff<R> diff) {
    if (machine.isEmpty()) {
      diff.orphans().addAll(records);
    } else if (records.isEmpty()) {
      diff.unrecorded().add(machine.get());
    } else {
      change(records.get(0), machine.get(), now).ifPresent(diff.changes()::add);
      diff.orphans().addAll(records.subList(1, records.size()));
    }
  }

  private List<Plan.Step<R>> creations(
      List<VirtualMachine> unrecorded,
      ObservedRecords<R> observed,
      List<Plan.Step<R>> deletions,
      Instant now) {
    Set<String> taken = new HashSet<>(observed.names());
    deletions.forEach(step -> taken.remove(step.name()));
    Map<VirtualMachineId, String> names = new RecordNames(tenant).choose(unrecorded, taken);
    return unrecorded.stream()
        .map(machine -> create(machine, Objects.requireNonNull(names.get(machine.id())), now))
        .toList();
  }

  /** The plan that releases the records of a Tenant that is being deleted. */
  Plan<R> release(List<R> records, DeletionPolicy policy) {
    List<R> labelled = records.stream().filter(ownership::isLabelled).toList();
    return switch (policy) {
      case DELETE ->
          new Plan<>(labelled.stream().map(this::delete).toList(), List.of(), 0, List.of());
      case RETAIN ->
          new Plan<>(List.of(), labelled.stream().map(this::withoutLabels).toList(), 0, List.of());
    };
  }

  private Optional<Plan.Step<R>> change(R record, VirtualMachine machine, Instant now) {
    F before = format.facts(record);
    F after = format.facts(machine, before, now);
    List<String> differences = new ArrayList<>();
    FieldChange.between(format.fields(), before, after)
        .forEach(change -> differences.add(change.toString()));
    if (!ownership.isLabelled(record)) {
      differences.add("labels repaired");
    }
    if (differences.isEmpty()) {
      return Optional.empty();
    }
    R changed = copy(record, ownership.withLabels(record), after);
    return Optional.of(
        new Plan.Step<>(Kind.CHANGED, changed, summary(String.join(", ", differences))));
  }

  private Plan.Step<R> create(VirtualMachine machine, String name, Instant now) {
    R record =
        format.create(
            new RecordSource(tenant, machine.id().value()), format.facts(machine, null, now));
    record.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(namespace)
            .withLabels(new HashMap<>(ownership.labels()))
            .build());
    return new Plan.Step<>(Kind.CREATED, record, summary(machine.name()));
  }

  private Plan.Step<R> delete(R record) {
    String machine =
        format.machineName(format.facts(record)).orElseGet(record.getMetadata()::getName);
    return new Plan.Step<>(Kind.DELETED, record, summary(machine));
  }

  private Plan.Step<R> withoutLabels(R record) {
    R released = copy(record, ownership.withoutLabels(record), format.facts(record));
    return new Plan.Step<>(Kind.CHANGED, released, "released");
  }

  /** The same version of the object, with everything that people have added to it. */
  private R copy(R record, Map<String, String> labels, F facts) {
    R copy = format.change(record, facts);
    copy.setMetadata(
        new ObjectMetaBuilder(record.getMetadata())
            .withLabels(labels)
            .withManagedFields(List.<ManagedFieldsEntry>of())
            .build());
    return copy;
  }

  private static String summary(String text) {
    return DisplayText.clean(text, MAX_SUMMARY_LENGTH);
  }
}
