package io.vminventory.operator;

import io.vminventory.k8s.Condition;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmStatus;
import io.vminventory.testkit.changes.PlatformActions.Action;
import io.vminventory.testkit.changes.RandomChanges;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Comparison of the records with the machines once both are stable. Used by one thread. */
final class ConvergenceCheck {

  private static final String LEFTOVER = " has no machine";

  /** Identity of the object that is the record of a machine. */
  private record Identity(String name, String uid) {}

  private final SoakEnvironment environment;
  private final RandomChanges world;
  private final ManualEdits manualEdits;
  private final Set<String> deleted;
  private final Set<Action> known;
  private final Map<String, MachineFacts> unmanagedMachines = new HashMap<>();
  private final Map<String, Identity> identities = new HashMap<>();

  /**
   * @param deleted UIDs of records deleted by manual edits
   */
  ConvergenceCheck(
      SoakEnvironment environment,
      RandomChanges world,
      ManualEdits manualEdits,
      Set<String> deleted) {
    this.environment = environment;
    this.world = world;
    this.manualEdits = manualEdits;
    this.deleted = deleted;
    this.known = environment.actions().supported();
  }

  /** Takes the current records of the unmanaged machines as the expected ones. */
  void learnUnmanaged(Collection<VmResource> records) {
    Set<String> keys = new HashSet<>();
    environment.unmanagedMachines().forEach(machine -> keys.add(environment.key(machine)));
    for (VmResource vm : records) {
      String key = vm.getSpec().source().key();
      if (keys.contains(key)) {
        unmanagedMachines.put(key, recorded(vm).withoutHost());
      }
    }
    if (!unmanagedMachines.keySet().equals(keys)) {
      throw new AssertionError(
          "recorded are %s, not %s".formatted(unmanagedMachines.keySet(), keys));
    }
  }

  /** Expected facts of every machine, by the key of its record. */
  Map<String, MachineFacts> expectedFacts() {
    Map<String, MachineFacts> expectedFacts = new LinkedHashMap<>(unmanagedMachines);
    world
        .machines()
        .forEach(
            (id, machine) ->
                expectedFacts.put(
                    environment.key(id), MachineFacts.of(machine, environment.parent())));
    return expectedFacts;
  }

  /** Differences between the records and the machines. */
  List<String> problems(Collection<VmResource> records) {
    List<String> problems = new ArrayList<>();
    Map<String, MachineFacts> missing = expectedFacts();
    Set<String> found = new HashSet<>();
    for (VmResource vm : records) {
      String key = vm.getSpec().source().key();
      String subject = vm.getMetadata().getName() + " of " + key;
      MachineFacts expected = missing.remove(key);
      if (!found.add(key)) {
        problems.add(subject + " is a second record");
      } else if (expected == null) {
        problems.add(subject + LEFTOVER);
      } else {
        MachineFacts recorded =
            unmanagedMachines.containsKey(key) ? recorded(vm).withoutHost() : recorded(vm);
        if (!recorded.equals(expected)) {
          problems.add("%s has%n    %s, not%n    %s".formatted(subject, recorded, expected));
        }
        manualEdits.lostLabel(vm).ifPresent(lost -> problems.add(subject + ": " + lost));
        Identity before = identities.get(key);
        if (before != null && !before.equals(identity(vm)) && !deleted.contains(before.uid())) {
          problems.add(subject + " is another object than before: " + before);
        }
      }
    }
    missing.forEach((key, facts) -> problems.add("no record of " + key + " " + facts));
    return problems;
  }

  /** Whether the problem is a record without a machine. */
  static boolean isLeftover(String problem) {
    return problem.endsWith(LEFTOVER);
  }

  /** Problems of a Tenant's status once its records are correct. */
  List<String> problems(TenantStatus status, int records) {
    List<String> problems = new ArrayList<>();
    expect(problems, status, "Ready", "True");
    expect(problems, status, "Synced", "True");
    expect(problems, status, "Authenticated", "True");
    expect(problems, status, "VisibilityLimited", "False");
    if (!Objects.equals(status.vmCount(), records)) {
      problems.add("vmCount is %s, not %d".formatted(status.vmCount(), records));
    }
    return problems;
  }

  private static void expect(
      List<String> problems, TenantStatus status, String type, String wanted) {
    String is = status.condition(type).map(Condition::toString).orElse("missing");
    if (status.condition(type).filter(found -> found.status().equals(wanted)).isEmpty()) {
      problems.add("%s is not %s: %s".formatted(type, wanted, is));
    }
  }

  /** Remembers the identities of the current records. */
  void takeBaseline(Collection<VmResource> records) {
    identities.clear();
    records.forEach(vm -> identities.put(vm.getSpec().source().key(), identity(vm)));
  }

  private static Identity identity(VmResource vm) {
    return new Identity(vm.getMetadata().getName(), vm.getMetadata().getUid());
  }

  private MachineFacts recorded(VmResource vm) {
    return MachineFacts.of(Objects.requireNonNullElseGet(vm.getStatus(), VmStatus::empty), known);
  }
}
