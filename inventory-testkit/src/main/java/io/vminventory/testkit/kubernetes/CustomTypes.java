package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vminventory.testkit.kubernetes.ResourceType.Names;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Types of a custom resource definition. */
final class CustomTypes {

  private CustomTypes() {}

  /** One type for each served version. */
  static List<ResourceType> of(JsonNode definition) {
    JsonNode spec = definition.path("spec");
    return spec.path("versions")
        .valueStream()
        .filter(version -> version.path("served").asBoolean())
        .map(version -> type(spec, version))
        .toList();
  }

  private static ResourceType type(JsonNode spec, JsonNode version) {
    JsonNode names = spec.path("names");
    String kind = Json.text(names, "kind");
    List<PrinterColumn> columns =
        version
            .path("additionalPrinterColumns")
            .valueStream()
            .map(
                column ->
                    PrinterColumn.of(
                        Json.text(column, "name"),
                        Json.text(column, "type"),
                        column.path("priority").asInt(),
                        Json.text(column, "jsonPath")))
            .toList();
    return new ResourceType(
        Json.text(spec, "group"),
        Json.text(version, "name"),
        new Names(
            Json.text(names, "plural"),
            names.path("singular").asText(kind.toLowerCase(Locale.ROOT)),
            kind,
            texts(names.path("shortNames")),
            texts(names.path("categories"))),
        Json.text(spec, "scope").equals("Namespaced"),
        version.path("subresources").has("status"),
        columns.isEmpty() ? List.of(PrinterColumn.age()) : columns,
        version
            .path("selectableFields")
            .valueStream()
            .map(field -> Json.text(field, "jsonPath").substring(1))
            .collect(Collectors.toSet()),
        version.path("schema").path("openAPIV3Schema").deepCopy());
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }

  /**
   * Sets the conditions {@code NamesAccepted} and {@code Established} and the other status of a
   * definition.
   */
  static void establish(ObjectNode definition, Instant now) {
    JsonNode names = definition.path("spec").path("names");
    ObjectNode status = Json.child(definition, "status");
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    if (status.path("conditions").isEmpty()) {
      ArrayNode conditions = status.putArray("conditions");
      condition(conditions, "NamesAccepted", "NoConflicts", "no conflicts found", time);
      condition(
          conditions,
          "Established",
          "InitialNamesAccepted",
          "the initial names have been accepted",
          time);
    }
    status.set("acceptedNames", names.deepCopy());
    ArrayNode stored = status.putArray("storedVersions");
    for (JsonNode version : definition.path("spec").path("versions")) {
      if (version.path("storage").asBoolean()) {
        stored.add(Json.text(version, "name"));
      }
    }
  }

  private static void condition(
      ArrayNode conditions, String type, String reason, String message, String time) {
    conditions
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("lastTransitionTime", time)
        .put("reason", reason)
        .put("message", message);
  }
}
