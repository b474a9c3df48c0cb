package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a list means: one value ({@code atomic}), a set of values, or a map of items by some of
 * their fields.
 *
 * @param type {@code atomic}, {@code set} or {@code map}
 * @param keys the fields that tell the items of a map apart
 */
record ListKind(String type, List<String> keys) {

  /** The kind that the schema of a list gives it. */
  static ListKind of(JsonNode schema) {
    return new ListKind(
        schema.path("x-kubernetes-list-type").asText("atomic"),
        schema
            .path("x-kubernetes-list-map-keys")
            .valueStream()
            .map(JsonNode::asText)
            .sorted()
            .toList());
  }

  boolean atomic() {
    return type.equals("atomic");
  }

  boolean map() {
    return type.equals("map");
  }

  /** What tells the item apart: itself, or its key fields. */
  JsonNode key(JsonNode item) {
    if (!map()) {
      return item;
    }
    ObjectNode key = Json.object();
    for (String field : keys) {
      Json.set(key, field, item.path(field));
    }
    return key;
  }

  /** The item with this key; missing if there is none. */
  JsonNode find(JsonNode list, JsonNode key) {
    return list.valueStream()
        .filter(item -> key(item).equals(key))
        .findFirst()
        .orElse(MissingNode.getInstance());
  }
}
