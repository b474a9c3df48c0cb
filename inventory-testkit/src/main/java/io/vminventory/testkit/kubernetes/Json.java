package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** JSON trees, in which all objects are kept. */
final class Json {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final YAMLMapper YAML = new YAMLMapper();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode array(Iterable<String> texts) {
    ArrayNode array = array();
    texts.forEach(array::add);
    return array;
  }

  /** An object with apiVersion and kind only. */
  static ObjectNode typed(String apiVersion, String kind) {
    return object().put("kind", kind).put("apiVersion", apiVersion);
  }

  /**
   * Parses a request body.
   *
   * @param yaml whether it can be YAML, of which JSON is a subset
   * @throws StatusException 400 if it is neither
   */
  static JsonNode parse(String body, boolean yaml) {
    try {
      return (yaml ? YAML : JSON).readTree(body);
    } catch (JsonProcessingException e) {
      throw StatusException.badRequest(
          "the body is not " + (yaml ? "YAML: " : "JSON: ") + e.getOriginalMessage());
    }
  }

  /** The documents of a YAML stream, without empty ones. */
  static List<ObjectNode> documents(String yaml) {
    List<ObjectNode> documents = new ArrayList<>();
    try (MappingIterator<JsonNode> nodes = YAML.readerFor(JsonNode.class).readValues(yaml)) {
      while (nodes.hasNext()) {
        if (nodes.next() instanceof ObjectNode document && !document.isEmpty()) {
          documents.add(document);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException("not YAML: " + e.getMessage(), e);
    }
    return documents;
  }

  /** The metadata of an object, created if needed. */
  static ObjectNode metadata(ObjectNode object) {
    return child(object, "metadata");
  }

  /** The object in this field, created if needed; replaces any other value. */
  static ObjectNode child(ObjectNode parent, String field) {
    return parent.get(field) instanceof ObjectNode existing ? existing : parent.putObject(field);
  }

  /** The text at a path of fields, {@code ""} if absent. */
  static String text(JsonNode node, String... path) {
    JsonNode at = node;
    for (String field : path) {
      at = at.path(field);
    }
    return at.asText("");
  }

  /** Sets the field, or removes it if the value is missing or {@code null}. */
  static void set(ObjectNode object, String field, JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      object.remove(field);
    } else {
      object.set(field, value);
    }
  }
}
