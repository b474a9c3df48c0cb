package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vminventory.testkit.kubernetes.StatusException.Cause;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Validation by a structural schema, with the messages of a real API server.
 *
 * <p>Of CEL it evaluates only {@code self == oldSelf}; it ignores other rules, {@code oneOf} and
 * the like.
 */
final class SchemaValidation {

  private final List<Cause> causes = new ArrayList<>();

  private SchemaValidation() {}

  /**
   * The violations of an object.
   *
   * @param old the object before the change; a missing node if it is new
   */
  static List<Cause> check(JsonNode schema, JsonNode object, JsonNode old) {
    SchemaValidation validation = new SchemaValidation();
    validation.fields(schema, object, old, "");
    return validation.causes;
  }

  private void check(JsonNode schema, JsonNode value, JsonNode old, String path) {
    if (!typeFits(schema, value)) {
      String type = typeOf(value);
      String message =
          "Invalid value: \"%s\": %s in body must be of type %s: \"%s\""
              .formatted(type, path, Json.text(schema, "type"), type);
      causes.add(new Cause("FieldValueTypeInvalid", path, message));
      return;
    }
    if (schema.has("enum") && schema.path("enum").valueStream().noneMatch(value::equals)) {
      String supported =
          schema
              .path("enum")
              .valueStream()
              .map(JsonNode::toString)
              .collect(Collectors.joining(", "));
      String message = "Unsupported value: %s: supported values: %s".formatted(value, supported);
      causes.add(new Cause("FieldValueNotSupported", path, message));
    }
    if (value.isTextual()) {
      text(schema, value.asText(), path);
    } else if (value.isNumber()) {
      number(schema, value, path);
    } else if (value.isArray()) {
      items(schema, value, old, path);
    } else if (value.isObject()) {
      fields(schema, value, old, path + ".");
    }
    rules(schema, value, old, path);
  }

  private static boolean typeFits(JsonNode schema, JsonNode value) {
    if (value.isNull()) {
      return schema.path("nullable").asBoolean();
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return value.isIntegralNumber() || value.isTextual();
    }
    return switch (Json.text(schema, "type")) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "number" -> value.isNumber();
      case "integer" -> value.isNumber() && value.decimalValue().stripTrailingZeros().scale() <= 0;
      default -> true;
    };
  }

  private static String typeOf(JsonNode value) {
    if (value.isIntegralNumber()) {
      return "integer";
    }
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      case NUMBER -> "number";
      case STRING -> "string";
      default -> "object";
    };
  }

  private void text(JsonNode schema, String text, String path) {
    if (schema.has("maxLength") && text.length() > schema.path("maxLength").asInt()) {
      String message =
          "Too long: may not be more than %d bytes".formatted(schema.path("maxLength").asInt());
      causes.add(new Cause("FieldValueTooLong", path, message));
    }
    if (schema.has("minLength") && text.length() < schema.path("minLength").asInt()) {
      invalid(path, quoted(text), "should be at least %s chars long", schema.path("minLength"));
    }
    if (schema.has("pattern")
        && !Pattern.compile(Json.text(schema, "pattern")).matcher(text).find()) {
      invalid(path, quoted(text), "should match '%s'", Json.text(schema, "pattern"));
    }
    if (Json.text(schema, "format").equals("date-time") && !isTime(text)) {
      String field = path.substring(path.lastIndexOf('.') + 1);
      String message =
          "Invalid value: %s: %s in body must be of type date-time: %s"
              .formatted(quoted(text), field, quoted(text));
      causes.add(new Cause("FieldValueTypeInvalid", path, message));
    }
    if (Json.text(schema, "format").equals("byte")) {
      try {
        Base64.getDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
      } catch (IllegalArgumentException e) {
        invalid(path, quoted(text), "must be of type byte: %s", quoted(text));
      }
    }
  }

  private static boolean isTime(String text) {
    try {
      OffsetDateTime.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private void number(JsonNode schema, JsonNode value, String path) {
    JsonNode minimum = schema.path("minimum");
    if (minimum.isNumber() && value.decimalValue().compareTo(minimum.decimalValue()) < 0) {
      invalid(path, value, "should be greater than or equal to %s", minimum);
    }
    JsonNode maximum = schema.path("maximum");
    if (maximum.isNumber() && value.decimalValue().compareTo(maximum.decimalValue()) > 0) {
      invalid(path, value, "should be less than or equal to %s", maximum);
    }
  }

  private void items(JsonNode schema, JsonNode array, JsonNode old, String path) {
    int size = array.size();
    if (schema.has("maxItems") && size > schema.path("maxItems").asInt()) {
      String message =
          "Too many: %d: must have at most %s items".formatted(size, schema.path("maxItems"));
      causes.add(new Cause("FieldValueTooMany", path, message));
    }
    if (schema.has("minItems") && size < schema.path("minItems").asInt()) {
      invalid(path, size, "should have at least %s items", schema.path("minItems"));
    }
    ListType kind = ListType.of(schema);
    Set<JsonNode> seen = new HashSet<>();
    for (int i = 0; i < size; i++) {
      JsonNode item = array.get(i);
      String itemPath = path + "[" + i + "]";
      JsonNode key = kind.key(item);
      if (!kind.atomic() && !seen.add(key)) {
        causes.add(new Cause("FieldValueDuplicate", itemPath, "Duplicate value: " + key));
      }
      JsonNode oldItem = kind.atomic() ? MissingNode.getInstance() : kind.find(old, key);
      check(schema.path("items"), item, oldItem, itemPath);
    }
  }

  private void fields(JsonNode schema, JsonNode object, JsonNode old, String prefix) {
    for (JsonNode required : schema.path("required")) {
      if (!object.has(required.asText())) {
        causes.add(new Cause("FieldValueRequired", prefix + required.asText(), "Required value"));
      }
    }
    object
        .properties()
        .forEach(
            field -> {
              String name = field.getKey();
              JsonNode fieldSchema = SchemaPruning.fieldSchema(schema, name);
              if (!(prefix.isEmpty() && name.equals("metadata"))) {
                check(fieldSchema, field.getValue(), old.path(name), prefix + name);
              }
            });
  }

  private void rules(JsonNode schema, JsonNode value, JsonNode old, String path) {
    for (JsonNode rule : schema.path("x-kubernetes-validations")) {
      boolean immutable = Json.text(rule, "rule").replace(" ", "").equals("self==oldSelf");
      if (immutable && !old.isMissingNode() && !old.equals(value)) {
        String message = rule.path("message").asText("failed rule: self == oldSelf");
        Object shown = value.isContainerNode() ? "\"object\"" : value;
        causes.add(
            new Cause(
                "FieldValueInvalid", path, "Invalid value: %s: %s".formatted(shown, message)));
      }
    }
  }

  private void invalid(String path, Object value, String complaint, Object bound) {
    String message =
        "Invalid value: %s: %s in body %s".formatted(value, path, complaint.formatted(bound));
    causes.add(new Cause("FieldValueInvalid", path, message));
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
