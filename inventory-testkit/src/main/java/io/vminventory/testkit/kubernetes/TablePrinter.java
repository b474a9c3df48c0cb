package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** {@code Table} objects for {@code kubectl get}. */
final class TablePrinter {

  private TablePrinter() {}

  /** Whether the {@code Accept} header requests a table. */
  static boolean isRequested(String accept) {
    return accept.contains("as=Table");
  }

  /**
   * The table of these objects.
   *
   * @param metadata of the list
   * @param wholeObjects whether rows contain whole objects or only their metadata
   */
  static ObjectNode print(
      ResourceType type,
      Collection<ObjectNode> objects,
      JsonNode metadata,
      boolean wholeObjects,
      Instant now) {
    ObjectNode table = Json.typed("meta.k8s.io/v1", "Table");
    table.set("metadata", metadata);
    ArrayNode definitions = table.putArray("columnDefinitions");
    definition(definitions, "Name", "string", "name", "Name of the object.", 0);
    for (PrinterColumn column : type.columns()) {
      definition(
          definitions, column.name(), column.type(), "", column.description(), column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    for (ObjectNode object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells").add(Json.text(object, "metadata", "name"));
      type.columns().forEach(column -> cells.add(cell(column, object, now)));
      row.set("object", wholeObjects ? object : partial(object));
    }
    return table;
  }

  private static void definition(
      ArrayNode definitions,
      String name,
      String type,
      String format,
      String description,
      int priority) {
    definitions
        .addObject()
        .put("name", name)
        .put("type", type)
        .put("format", format)
        .put("description", description)
        .put("priority", priority);
  }

  private static ObjectNode partial(ObjectNode object) {
    ObjectNode partial = Json.typed("meta.k8s.io/v1", "PartialObjectMetadata");
    partial.set("metadata", object.path("metadata"));
    return partial;
  }

  /** The cell value; {@code null}, which prints as nothing, if it is not of the column's type. */
  static JsonNode cell(PrinterColumn column, JsonNode object, Instant now) {
    List<JsonNode> values = column.value().apply(object);
    if (values.isEmpty()) {
      return NullNode.getInstance();
    }
    JsonNode value = values.get(0);
    return switch (column.type()) {
      case "integer", "number" -> number(value, column.type().equals("integer"));
      case "boolean" -> value instanceof BooleanNode ? value : NullNode.getInstance();
      case "date" -> TextNode.valueOf(Age.since(value.asText(), now));
      default -> TextNode.valueOf(value.isContainerNode() ? value.toString() : value.asText());
    };
  }

  private static JsonNode number(JsonNode value, boolean integer) {
    if (!value.isNumber()) {
      return NullNode.getInstance();
    }
    return integer ? LongNode.valueOf(value.asLong()) : value;
  }
}
