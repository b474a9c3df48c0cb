package io.vminventory.k8s.sink;

import io.vminventory.api.SinkResult.Kind;
import java.util.Comparator;
import java.util.List;

/**
 * What a sink would do about a tenant's records. DisplayText are fit to be shown; none is secret.
 *
 * @param steps what it would write, in the order of kind and name
 * @param held the deletions that it would hold back until somebody confirms them
 * @param unchanged how many records are right already
 */
public record PlannedChanges(List<Step> steps, List<Step> held, int unchanged) {

  public PlannedChanges {
    steps = sorted(steps);
    held = sorted(held);
  }

  /**
   * One record.
   *
   * @param kind what would be done
   * @param record the record's name
   * @param machine the machine's name, as far as the record or the inventory tells it
   * @param changes in what it would be different; empty unless it is changed
   */
  public record Step(Kind kind, String record, String machine, List<FieldChange> changes) {

    public Step {
      changes = List.copyOf(changes);
    }
  }

  /** How many records would be written in this way. */
  public int count(Kind kind) {
    return (int) steps.stream().filter(step -> step.kind() == kind).count();
  }

  private static List<Step> sorted(List<Step> steps) {
    return steps.stream()
        .sorted(Comparator.comparing(Step::kind).thenComparing(Step::record))
        .toList();
  }
}
