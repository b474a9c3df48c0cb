package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Pruning of unknown fields and defaulting by a structural schema. */
final class SchemaPruning {

  private static final Set<String> TYPE_AND_METADATA = Set.of("apiVersion", "kind", "metadata");

  private SchemaPruning() {}

  /**
   * Changes the object in place.
   *
   * @return the paths of the pruned fields
   */
  static List<String> prune(JsonNode schema, ObjectNode object) {
    List<String> dropped = new ArrayList<>();
    for (String field : fieldNames(object)) {
      if (!TYPE_AND_METADATA.contains(field)) {
        pruneField(schema, object, field, "", dropped);
      }
    }
    addDefaults(schema, object);
    return dropped;
  }

  private static void prune(JsonNode schema, JsonNode value, String path, List<String> dropped) {
    if (value instanceof ObjectNode object) {
      fieldNames(object).forEach(field -> pruneField(schema, object, field, path + ".", dropped));
      addDefaults(schema, object);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        prune(schema.path("items"), value.get(i), path + "[" + i + "]", dropped);
      }
    }
  }

  private static void pruneField(
      JsonNode schema, ObjectNode object, String field, String prefix, List<String> dropped) {
    JsonNode fieldSchema = fieldSchema(schema, field);
    if (!fieldSchema.isMissingNode()) {
      if (object.path(field).isNull() && !fieldSchema.path("nullable").asBoolean()) {
        object.remove(field);
      } else {
        prune(fieldSchema, object.path(field), prefix + field, dropped);
      }
    } else if (!preserves(schema)) {
      object.remove(field);
      dropped.add(prefix + field);
    }
  }

  private static boolean preserves(JsonNode schema) {
    return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
        || schema.path("additionalProperties").asBoolean();
  }

  private static void addDefaults(JsonNode schema, ObjectNode object) {
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode fallback = property.getValue().path("default");
              if (!fallback.isMissingNode() && !object.has(property.getKey())) {
                object.set(property.getKey(), fallback.deepCopy());
                prune(property.getValue(), object.path(property.getKey()), "", new ArrayList<>());
              }
            });
  }

  /** The schema of a field: by name, or from {@code additionalProperties}; missing if unknown. */
  static JsonNode fieldSchema(JsonNode schema, String field) {
    JsonNode byName = schema.path("properties").path(field);
    if (!byName.isMissingNode()) {
      return byName;
    }
    JsonNode any = schema.path("additionalProperties");
    return any.isObject() ? any : schema.path("");
  }

  private static List<String> fieldNames(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
