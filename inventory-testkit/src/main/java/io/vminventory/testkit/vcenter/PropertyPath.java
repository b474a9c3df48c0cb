package io.vminventory.testkit.vcenter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Parsed property path.
 *
 * @param text such as {@code config.hardware.numCPU}
 * @param head the property of the managed object, such as {@code config}
 * @param tail the fields within it
 */
record PropertyPath(String text, String head, List<String> tail) {

  static PropertyPath of(String text) {
    List<String> segments = List.of(text.split("\\.", -1));
    return new PropertyPath(text, segments.get(0), segments.subList(1, segments.size()));
  }

  /** The value at this path, from the value of its head. */
  @Nullable Value follow(@Nullable Value headValue) {
    Value value = headValue;
    for (String field : tail) {
      value = value instanceof DataObject data ? data.get(field) : null;
    }
    return value;
  }
}
