package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * List type of a schema: one value ({@code atomic}), a set of values, or a map of items.
 *
 * @param type {@code atomic}, {@code set} or {@code map}
 * @param keys the key fields of the items of a map
 */
record ListType(String type, List<String> keys) {

  /** The list type in the schema of a list. */
  static ListType of(JsonNode schema) {
    return new ListType(
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

  /** The key of an item: the item itself, or its key fields. */
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
