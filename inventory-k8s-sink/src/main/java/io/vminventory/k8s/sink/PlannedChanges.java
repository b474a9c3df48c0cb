package io.vminventory.k8s.sink;

import io.vminventory.api.SinkResult.Kind;
import java.util.Comparator;
import java.util.List;

/**
 * Changes that a sink would make to a tenant's records. All texts are safe to display.
 *
 * @param steps the writes, ordered by kind and name
 * @param held the deletions that would be held back until a person confirms them
 * @param unchanged how many records are up to date already
 */
public record PlannedChanges(List<Step> steps, List<Step> held, int unchanged) {

  public PlannedChanges {
    steps = sorted(steps);
    held = sorted(held);
  }

  /**
   * Change of one record.
   *
   * @param kind what would be done
   * @param record the record's name
   * @param machine the machine's name; the record's name if the machine's is not known
   * @param changes the fields that would change; empty for a creation or deletion
   */
  public record Step(Kind kind, String record, String machine, List<FieldChange> changes) {

    public Step {
      changes = List.copyOf(changes);
    }
  }

  /** How many steps are of this kind. */
  public int count(Kind kind) {
    return (int) steps.stream().filter(step -> step.kind() == kind).count();
  }

  private static List<Step> sorted(List<Step> steps) {
    return steps.stream()
        .sorted(Comparator.comparing(Step::kind).thenComparing(Step::record))
        .toList();
  }
}
