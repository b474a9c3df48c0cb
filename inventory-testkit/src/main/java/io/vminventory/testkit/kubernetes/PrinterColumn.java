package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;

/**
 * Column of {@code kubectl get}.
 *
 * @param name its header
 * @param type {@code string}, {@code integer}, {@code number}, {@code boolean} or {@code date}
 * @param priority 0 for the standard view, more for {@code -o wide}
 * @param description of the value
 * @param value finds the values in an object; only the first is printed
 */
record PrinterColumn(
    String name,
    String type,
    int priority,
    String description,
    Function<JsonNode, List<JsonNode>> value) {

  static PrinterColumn of(String name, String type, int priority, String jsonPath) {
    return new PrinterColumn(
        name,
        type,
        priority,
        "Custom resource definition column (in JSONPath format): " + jsonPath,
        ColumnPath.parse(jsonPath)::find);
  }

  /** The only column of a type without printer columns. */
  static PrinterColumn age() {
    return of("Age", "date", 0, ".metadata.creationTimestamp");
  }
}
