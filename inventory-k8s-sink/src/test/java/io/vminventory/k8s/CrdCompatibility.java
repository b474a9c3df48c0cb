package io.vminventory.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Comparison of two versions of a custom resource definition: finds what would break stored
 * objects, manifests or clients. Each break is one line, {@code path: what}.
 */
final class CrdCompatibility {

  private static final List<String> UPPER_BOUNDS =
      List.of("maximum", "maxLength", "maxItems", "maxProperties");
  private static final List<String> LOWER_BOUNDS =
      List.of("minimum", "minLength", "minItems", "minProperties");

  /** Keywords that may not be added, changed or removed. */
  private static final List<String> FIXED =
      List.of(
          "type",
          "default",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-map-type",
          "x-kubernetes-int-or-string",
          "x-kubernetes-preserve-unknown-fields");

  /** Keywords that may be removed, but not added or changed. */
  private static final List<String> LOOSENED_ONLY =
      List.of("pattern", "format", "exclusiveMaximum", "exclusiveMinimum", "uniqueItems");

  private final List<String> breaks = new ArrayList<>();

  private CrdCompatibility() {}

  static List<String> breaks(JsonNode released, JsonNode current) {
    CrdCompatibility comparison = new CrdCompatibility();
    comparison.compareDefinitions(released.path("spec"), current.path("spec"));
    return List.copyOf(comparison.breaks);
  }

  private void compareDefinitions(JsonNode released, JsonNode current) {
    requireSame("", released, current, List.of("group", "scope"));
    requireSame("names", released.path("names"), current.path("names"), List.of("kind", "plural"));
    reportMissing("names.shortNames", missing(released, current, "/names/shortNames", ""));
    reportMissing("names.categories", missing(released, current, "/names/categories", ""));
    for (JsonNode version : released.path("versions")) {
      String name = version.path("name").asText();
      JsonNode now = named(current.path("versions"), name);
      if (!now.path("served").asBoolean()) {
        breaks.add(name + ": is no longer served");
        continue;
      }
      requireSame(name, version, now, List.of("subresources"));
      reportMissing(name + " columns", missing(version, now, "/additionalPrinterColumns", "/name"));
      reportMissing(
          name + " selectableFields", missing(version, now, "/selectableFields", "/jsonPath"));
      String schema = "/schema/openAPIV3Schema";
      compareSchemas(name, version.at(schema), now.at(schema));
    }
  }

  private static JsonNode named(JsonNode versions, String name) {
    for (JsonNode version : versions) {
      if (version.path("name").asText().equals(name)) {
        return version;
      }
    }
    return versions.path("none");
  }

  private void compareSchemas(String path, JsonNode released, JsonNode current) {
    if (current.isMissingNode()) {
      breaks.add(path + ": was removed");
      return;
    }
    requireSame(path, released, current, FIXED);
    for (String keyword : LOOSENED_ONLY) {
      if (current.has(keyword) && !current.get(keyword).equals(released.get(keyword))) {
        breaks.add(path + ": new " + keyword + " " + current.get(keyword));
      }
    }
    for (String bound : UPPER_BOUNDS) {
      compareBounds(path, bound, released, current, 1);
    }
    for (String bound : LOWER_BOUNDS) {
      compareBounds(path, bound, released, current, -1);
    }
    if (released.path("nullable").asBoolean() && !current.path("nullable").asBoolean()) {
      breaks.add(path + ": is no longer nullable");
    }
    if (current.has("enum") && !released.has("enum")) {
      breaks.add(path + ": new enum " + current.get("enum"));
    } else if (current.has("enum")) {
      reportMissing(path + " enum", missing(released, current, "/enum", ""));
    }
    for (String name : missing(current, released, "/required", "")) {
      // The server fills in defaults before it validates.
      if (!current.path("properties").path(name).has("default")) {
        breaks.add(path + ": requires " + name);
      }
    }
    for (String rule : missing(current, released, "/x-kubernetes-validations", "/rule")) {
      breaks.add(path + ": new rule " + rule);
    }
    for (Map.Entry<String, JsonNode> property : released.path("properties").properties()) {
      String name = property.getKey();
      compareSchemas(path + "." + name, property.getValue(), current.path("properties").path(name));
    }
    if (released.has("items")) {
      compareSchemas(path + "[]", released.get("items"), current.path("items"));
    }
    if (released.has("additionalProperties")) {
      compareSchemas(
          path + "{}", released.get("additionalProperties"), current.path("additionalProperties"));
    }
  }

  private void requireSame(
      String path, JsonNode released, JsonNode current, List<String> keywords) {
    for (String keyword : keywords) {
      JsonNode was = released.path(keyword);
      JsonNode is = current.path(keyword);
      if (!was.equals(is)) {
        breaks.add(path + ": " + keyword + " was " + text(was) + " and is " + text(is));
      }
    }
  }

  private static String text(JsonNode value) {
    return value.isMissingNode() ? "not set" : value.toString();
  }

  /** A bound narrows if it is new or moves against its direction (1 for an upper bound). */
  private void compareBounds(String path, String name, JsonNode was, JsonNode is, int direction) {
    if (!is.has(name)) {
      return;
    }
    boolean narrower =
        !was.has(name)
            || Integer.signum(is.get(name).decimalValue().compareTo(was.get(name).decimalValue()))
                == -direction;
    if (narrower) {
      breaks.add(path + ": " + name + " was " + text(was.path(name)) + " and is " + is.get(name));
    }
  }

  private void reportMissing(String what, Set<String> missing) {
    missing.forEach(value -> breaks.add(what + ": lacks " + value));
  }

  /** Texts at a path of the elements of one list that the other list lacks. */
  private static Set<String> missing(JsonNode has, JsonNode lacks, String list, String text) {
    Set<String> missing = new TreeSet<>();
    has.at(list).forEach(element -> missing.add(element.at(text).asText()));
    lacks.at(list).forEach(element -> missing.remove(element.at(text).asText()));
    return missing;
  }
}
