package io.vminventory.k8s.sink;

import io.vminventory.api.Fact;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.VmStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conditions of a {@code VM} record, present only while they are true. */
enum RecordCondition {
  /** The account may not read some facts. */
  PARTIAL("Partial", "NotReadable"),
  /** Some facts are unknown for now. */
  STALE("Stale", "UnknownForNow");

  private final String type;
  private final String reason;

  RecordCondition(String type, String reason) {
    this.type = type;
    this.reason = reason;
  }

  String type() {
    return type;
  }

  String reason() {
    return reason;
  }

  /**
   * The conditions of the machine's record.
   *
   * @param previous the record's status; a condition that stays keeps its transition time
   */
  static List<Condition> of(VirtualMachine machine, VmStatus previous, Instant now) {
    if (machine.unreadable().isEmpty() && machine.unknown().isEmpty()) {
      return List.of();
    }
    return Stream.of(
            partial(machine, previous, now),
            STALE.condition(
                "The platform cannot report %s now; last known values are kept",
                machine.unknown(), previous, now))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Kept while nothing is known, because then it is not known to have changed. */
  private static Optional<Condition> partial(
      VirtualMachine machine, VmStatus previous, Instant now) {
    return machine.unknown().size() == Fact.values().length
        ? PARTIAL.find(previous)
        : PARTIAL.condition("The account may not read %s", machine.unreadable(), previous, now);
  }

  private Optional<Condition> condition(
      String message, Collection<Fact> facts, VmStatus previous, Instant now) {
    if (facts.isEmpty()) {
      return Optional.empty();
    }
    String fields = facts.stream().map(RecordCondition::field).collect(Collectors.joining(", "));
    return Optional.of(
        new Condition(
            type,
            Condition.TRUE,
            reason,
            message.formatted(fields),
            find(previous).map(Condition::lastTransitionTime).orElse(now),
            null));
  }

  private Optional<Condition> find(VmStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type().equals(type) && condition.holds())
        .findFirst();
  }

  /** The field of the status that has the fact. */
  static String field(Fact fact) {
    return fact == Fact.NAME ? "vmname" : fact.toString();
  }
}
