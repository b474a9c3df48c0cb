package io.vminventory.k8s.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Difference between a record's field and the value it should have.
 *
 * @param field the field's name, as in the record's status
 * @param from the recorded value, for people; {@code none} if there is none
 * @param to the value it should have, in the same form
 */
public record FieldChange(String field, String from, String to) {

  /** Every field whose values differ, in the order of the fields. */
  static <F> List<FieldChange> between(List<RecordField<F>> fields, F before, F after) {
    List<FieldChange> changes = new ArrayList<>();
    for (RecordField<F> field : fields) {
      Object old = field.value().apply(before);
      Object now = field.value().apply(after);
      if (!Objects.equals(old, now)) {
        changes.add(new FieldChange(field.name(), text(old), text(now)));
      }
    }
    return changes;
  }

  private static String text(@Nullable Object value) {
    return value == null || value.equals(List.of()) ? "none" : value.toString();
  }

  /** Such as {@code numCpu 2 -> 4}. */
  @Override
  public String toString() {
    return field + " " + from + " -> " + to;
  }
}
