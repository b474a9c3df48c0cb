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
 * Compares what a tenant's records should say with what they do say. It only decides, and takes off
 * the agenda what it finds right; nothing here touches the network or the clock.
 *
 * <p>A record of a machine that is gone is deleted only if it carries our labels. One without them
 * was released (see {@link DeletionPolicy#RETAIN}) or taken out of our hands by a person, and is
 * left alone; if its machine returns, it is adopted again.
 */
final class Planner<R extends HasMetadata, F> {

  private static final int SUMMARY_LENGTH = 256;

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
   * How the records become true.
   *
   * @param agenda what to look at; what is found right is taken off
   * @param observed what was found when this agenda was brought up to date
   * @param confirmed see {@link DeletionGuard#held}
   * @param granted see {@link DeletionGuard#held}
   */
  Plan<R> plan(
      DirtyKeys agenda,
      Observed<R> observed,
      DeletionGuard guard,
      int confirmed,
      int granted,
      Instant now) {
    Diff<R> wrong = new Diff<>(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    observed
        .records()
        .forEach(
            (key, records) -> {
              int before = wrong.size();
              compare(agenda.machine(key), records, now, wrong);
              if (wrong.size() == before) {
                agenda.done(key);
              }
            });
    List<Plan.Step<R>> deletions =
        wrong.orphans().stream().filter(ownership::isLabelled).map(this::delete).toList();
    int released = wrong.orphans().size() - deletions.size();
    boolean held = guard.held(observed.size() - released, deletions.size(), confirmed, granted) > 0;
    List<Plan.Step<R>> writes = new ArrayList<>(wrong.changes());
    writes.addAll(creations(wrong.newcomers(), observed, held ? List.of() : deletions, now));
    return new Plan<>(
        held ? List.of() : deletions,
        writes,
        agenda.inventory().size() - writes.size(),
        held ? deletions : List.of());
  }

  /**
   * What is not as it should be.
   *
   * @param newcomers machines without a record
   * @param changes of records that tell something else than their machine
   * @param orphans records without a machine
   */
  private record Diff<R extends HasMetadata>(
      List<VirtualMachine> newcomers, List<Plan.Step<R>> changes, List<R> orphans) {

    int size() {
      return newcomers.size() + changes.size() + orphans.size();
    }
  }

  /** Compares a machine with its records; a second one can only be made by a person. */
  private void compare(
      Optional<VirtualMachine> machine, List<R> records, Instant now, Diff<R> wrong) {
    if (machine.isEmpty()) {
      wrong.orphans().addAll(records);
    } else if (records.isEmpty()) {
      wrong.newcomers().add(machine.get());
    } else {
      change(records.get(0), machine.get(), now).ifPresent(wrong.changes()::add);
      wrong.orphans().addAll(records.subList(1, records.size()));
    }
  }

  private List<Plan.Step<R>> creations(
      List<VirtualMachine> newcomers,
      Observed<R> observed,
      List<Plan.Step<R>> deletions,
      Instant now) {
    Set<String> taken = new HashSet<>(observed.names());
    deletions.forEach(step -> taken.remove(step.name()));
    Map<VirtualMachineId, String> names = new RecordNames(tenant).choose(newcomers, taken);
    return newcomers.stream()
        .map(machine -> create(machine, Objects.requireNonNull(names.get(machine.id())), now))
        .toList();
  }

  /** How the records stop being ours, when the Tenant is deleted. */
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
    Differences.between(format.fields(), before, after)
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

  /** The same version of the same object, with everything on it that is a person's. */
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
    return DisplayText.clean(text, SUMMARY_LENGTH);
  }
}
