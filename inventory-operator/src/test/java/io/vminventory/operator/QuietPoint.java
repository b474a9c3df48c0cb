package io.vminventory.operator;

import io.vminventory.k8s.Condition;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmStatus;
import io.vminventory.testkit.world.ScriptedWorld;
import io.vminventory.testkit.world.WorldActions.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Compares records with the truth, when both are at rest. One thread. */
final class QuietPoint {

  private static final String LEFTOVER = " has no machine";

  /** Which object is the record of a machine. */
  private record Identity(String name, String uid) {}

  private final SoakStage stage;
  private final ScriptedWorld world;
  private final Bystanders bystanders;
  private final Set<String> deleted;
  private final Set<Kind> known;
  private final Map<String, MachineFacts> others = new HashMap<>();
  private final Map<String, Identity> identities = new HashMap<>();

  /**
   * @param deleted the identities of records that people have deleted
   */
  QuietPoint(SoakStage stage, ScriptedWorld world, Bystanders bystanders, Set<String> deleted) {
    this.stage = stage;
    this.world = world;
    this.bystanders = bystanders;
    this.deleted = deleted;
    this.known = stage.actions().supported();
  }

  /** Takes what is recorded of the machines that nobody changes as the truth of them. */
  void learn(Collection<VmResource> records) {
    Set<String> keys = new HashSet<>();
    stage.others().forEach(machine -> keys.add(stage.key(machine)));
    for (VmResource vm : records) {
      String key = vm.getSpec().source().key();
      if (keys.contains(key)) {
        others.put(key, recorded(vm).withoutHost());
      }
    }
    if (!others.keySet().equals(keys)) {
      throw new AssertionError("recorded are %s, not %s".formatted(others.keySet(), keys));
    }
  }

  /** What every machine has to be recorded as, by the key of its record. */
  Map<String, MachineFacts> truth() {
    Map<String, MachineFacts> truth = new LinkedHashMap<>(others);
    world
        .machines()
        .forEach(
            (id, machine) -> truth.put(stage.key(id), MachineFacts.of(machine, stage.parent())));
    return truth;
  }

  /** What is not as it should be; empty if all is. */
  List<String> problems(Collection<VmResource> records) {
    List<String> problems = new ArrayList<>();
    Map<String, MachineFacts> missing = truth();
    Set<String> found = new HashSet<>();
    for (VmResource vm : records) {
      String key = vm.getSpec().source().key();
      String who = vm.getMetadata().getName() + " of " + key;
      MachineFacts expected = missing.remove(key);
      if (!found.add(key)) {
        problems.add(who + " is a second record");
      } else if (expected == null) {
        problems.add(who + LEFTOVER);
      } else {
        MachineFacts recorded = others.containsKey(key) ? recorded(vm).withoutHost() : recorded(vm);
        if (!recorded.equals(expected)) {
          problems.add("%s says%n    %s, not%n    %s".formatted(who, recorded, expected));
        }
        bystanders.lostNote(vm).ifPresent(lost -> problems.add(who + ": " + lost));
        Identity before = identities.get(key);
        if (before != null && !before.equals(identity(vm)) && !deleted.contains(before.uid())) {
          problems.add(who + " is another object than before: " + before);
        }
      }
    }
    missing.forEach((key, facts) -> problems.add("no record of " + key + " " + facts));
    return problems;
  }

  /** Whether it is a record whose machine is gone. */
  static boolean isLeftover(String problem) {
    return problem.endsWith(LEFTOVER);
  }

  /** What is not as it should be of a Tenant's status, once the records are. */
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

  /** Notes which objects are the records, after all was well. */
  void remember(Collection<VmResource> records) {
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
