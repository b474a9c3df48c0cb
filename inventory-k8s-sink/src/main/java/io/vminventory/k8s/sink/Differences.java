package io.vminventory.k8s.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says in which of their fields facts differ. */
final class Differences {

  private Differences() {}

  /** Each fact that is different; empty if there is none. */
  static <F> List<FieldChange> between(List<RecordField<F>> fields, F before, F after) {
    List<FieldChange> differences = new ArrayList<>();
    for (RecordField<F> field : fields) {
      Object old = field.value().apply(before);
      Object now = field.value().apply(after);
      if (!Objects.equals(old, now)) {
        differences.add(new FieldChange(field.name(), text(old), text(now)));
      }
    }
    return differences;
  }

  private static String text(@Nullable Object value) {
    return value == null || value.equals(List.of()) ? "none" : value.toString();
  }
}
