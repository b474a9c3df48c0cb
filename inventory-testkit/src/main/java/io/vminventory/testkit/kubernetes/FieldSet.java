package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Set of fields of objects of one type, as in {@code managedFields}.
 *
 * <p>Steps of a path: {@code f:name} for a field, {@code v:value} for an item of a set, {@code
 * k:{"type":"Ready"}} for an item of a map list.
 *
 * @param paths the leaves, and the items of map lists
 */
record FieldSet(Set<List<String>> paths) {

  private static final Comparator<List<String>> ORDER = Comparator.comparing(Objects::toString);

  /** Metadata set by the server, which has no owner. */
  private static final Set<String> UNOWNED =
      Set.of(
          "name",
          "namespace",
          "generateName",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "managedFields",
          "selfLink");

  FieldSet {
    Set<List<String>> sorted = new TreeSet<>(ORDER);
    sorted.addAll(paths);
    paths = sorted;
  }

  static FieldSet empty() {
    return new FieldSet(Set.of());
  }

  /** The fields that the object sets. */
  static FieldSet of(ObjectNode object, JsonNode schema) {
    ObjectNode owned = object.deepCopy();
    owned.remove(List.of("apiVersion", "kind"));
    if (owned.get("metadata") instanceof ObjectNode metadata) {
      metadata.remove(UNOWNED);
      if (metadata.isEmpty()) {
        owned.remove("metadata");
      }
    }
    FieldSet set = empty();
    if (!owned.isEmpty()) {
      set.collect(owned, schema, List.of());
    }
    return set;
  }

  private void collect(JsonNode value, JsonNode schema, List<String> path) {
    if (value.isObject() && !value.isEmpty()) {
      value
          .properties()
          .forEach(
              field ->
                  collect(
                      field.getValue(),
                      SchemaPruning.fieldSchema(schema, field.getKey()),
                      plus(path, "f:" + field.getKey())));
      return;
    }
    ListType kind = ListType.of(schema);
    if (!value.isArray() || value.isEmpty() || kind.atomic()) {
      paths.add(path);
      return;
    }
    for (JsonNode item : value) {
      List<String> itemPath = plus(path, (kind.map() ? "k:" : "v:") + kind.key(item));
      paths.add(itemPath);
      if (kind.map()) {
        collect(item, schema.path("items"), itemPath);
      }
    }
  }

  private static List<String> plus(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return List.copyOf(longer);
  }

  FieldSet with(Set<List<String>> more) {
    FieldSet union = new FieldSet(paths);
    union.paths.addAll(more);
    return union;
  }

  FieldSet without(Set<List<String>> less) {
    return new FieldSet(
        paths.stream().filter(path -> !less.contains(path)).collect(Collectors.toSet()));
  }

  /** Whether this path, or anything below it, is in the set. */
  boolean reaches(List<String> path) {
    return paths.stream()
        .anyMatch(
            other -> other.size() >= path.size() && other.subList(0, path.size()).equals(path));
  }

  boolean isEmpty() {
    return paths.isEmpty();
  }

  /** The value at a path; missing if there is none. */
  static JsonNode value(JsonNode root, List<String> path) {
    JsonNode at = root;
    for (String step : path) {
      at = child(at, step);
    }
    return at;
  }

  private static JsonNode child(JsonNode parent, String step) {
    if (step.startsWith("f:")) {
      return parent.path(step.substring(2));
    }
    int index = index(parent, step);
    return index < 0 ? MissingNode.getInstance() : parent.path(index);
  }

  private static int index(JsonNode list, String step) {
    JsonNode key = Json.parse(step.substring(2), false);
    for (int i = 0; i < list.size(); i++) {
      JsonNode item = list.get(i);
      boolean found =
          step.startsWith("v:")
              ? item.equals(key)
              : key.properties().stream()
                  .allMatch(field -> field.getValue().equals(item.path(field.getKey())));
      if (found) {
        return i;
      }
    }
    return -1;
  }

  /** Removes the value at the path, and parents that become empty. */
  static void remove(ObjectNode root, List<String> path) {
    JsonNode parent = value(root, path.subList(0, path.size() - 1));
    String step = path.get(path.size() - 1);
    if (parent instanceof ObjectNode object) {
      object.remove(step.substring(2));
    } else if (parent instanceof ArrayNode array && index(array, step) >= 0) {
      array.remove(index(array, step));
    }
    if (parent.isContainerNode() && parent.isEmpty() && path.size() > 1) {
      remove(root, path.subList(0, path.size() - 1));
    }
  }

  /** As {@code fieldsV1} of {@code managedFields}. */
  ObjectNode toFieldsV1() {
    ObjectNode root = Json.object();
    for (List<String> path : paths) {
      ObjectNode at = root;
      for (String step : path) {
        at = Json.child(at, step);
      }
      if (path.get(path.size() - 1).startsWith("k:")) {
        at.putObject(".");
      }
    }
    return root;
  }

  static FieldSet fromFieldsV1(JsonNode fields) {
    FieldSet set = empty();
    set.read(fields, List.of());
    return set;
  }

  private void read(JsonNode fields, List<String> path) {
    if ((fields.isEmpty() || fields.has(".")) && !path.isEmpty()) {
      paths.add(path);
    }
    fields
        .properties()
        .forEach(
            field -> {
              if (!field.getKey().equals(".")) {
                read(field.getValue(), plus(path, field.getKey()));
              }
            });
  }

  /** A path as in conflict messages, such as {@code .spec.owner}. */
  static String print(List<String> path) {
    StringBuilder text = new StringBuilder();
    for (String step : path) {
      String rest = step.substring(2);
      if (step.startsWith("f:")) {
        text.append('.').append(rest);
      } else if (step.startsWith("v:")) {
        text.append('[').append('=').append(rest).append(']');
      } else {
        text.append('[')
            .append(
                Json.parse(rest, false).properties().stream()
                    .map(field -> field.getKey() + "=" + field.getValue())
                    .collect(Collectors.joining(",")))
            .append(']');
      }
    }
    return text.toString();
  }
}
