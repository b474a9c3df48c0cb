package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vminventory.testkit.kubernetes.FieldOwnership.Owner;
import io.vminventory.testkit.kubernetes.FieldOwnership.Writer;
import io.vminventory.testkit.kubernetes.StatusException.Cause;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Server-side apply: merges a configuration into an object, removes fields that the applier no
 * longer sets, and rejects conflicts with other field managers.
 */
final class ServerSideApply {

  private ServerSideApply() {}

  /**
   * The object after the apply, ownership included. The arguments are not changed.
   *
   * @param schema defines which lists are sets or maps; see {@link ObjectMetadata#withMetadata}
   * @throws StatusException 409 with the field managers if fields of others would change without
   *     {@code force}
   */
  static ObjectNode apply(
      ObjectNode current, ObjectNode configuration, JsonNode schema, Writer writer, boolean force) {
    FieldOwnership ownership = FieldOwnership.of(current);
    FieldSet applied = FieldSet.of(configuration, schema);
    Map<Owner, List<List<String>>> conflicts =
        conflicts(current, configuration, applied, ownership.others(writer));
    if (!conflicts.isEmpty() && !force) {
      throw conflict(conflicts, Json.text(configuration, "apiVersion"));
    }
    conflicts.values().forEach(paths -> ownership.removeFromOthers(writer, new HashSet<>(paths)));
    ObjectNode result = (ObjectNode) merge(current, configuration, schema);
    removeUnapplied(result, ownership, applied, writer);
    ownership.assign(writer, applied);
    ownership.writeTo(result);
    return result;
  }

  private static Map<Owner, List<List<String>>> conflicts(
      ObjectNode current, ObjectNode configuration, FieldSet applied, List<Owner> others) {
    Map<Owner, List<List<String>>> conflicts = new LinkedHashMap<>();
    for (Owner owner : others) {
      List<List<String>> fields =
          applied.paths().stream()
              .filter(path -> !path.get(path.size() - 1).startsWith("k:"))
              .filter(path -> owner.fields().paths().contains(path))
              .filter(
                  path ->
                      !FieldSet.value(current, path).equals(FieldSet.value(configuration, path)))
              .toList();
      if (!fields.isEmpty()) {
        conflicts.put(owner, fields);
      }
    }
    return conflicts;
  }

  private static StatusException conflict(
      Map<Owner, List<List<String>>> conflicts, String apiVersion) {
    List<Cause> causes = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    conflicts.forEach(
        (owner, paths) -> {
          String who = print(owner, apiVersion);
          text.append("conflicts with ").append(who).append(':');
          for (List<String> path : paths) {
            String field = FieldSet.print(path);
            text.append("\n- ").append(field);
            causes.add(new Cause("FieldManagerConflict", field, "conflict with " + who));
          }
          text.append('\n');
        });
    String message =
        causes.size() == 1
            ? "Apply failed with 1 conflict: %s: %s"
                .formatted(causes.get(0).message(), causes.get(0).field())
            : "Apply failed with %d conflicts: %s"
                .formatted(causes.size(), text.toString().strip());
    return StatusException.applyConflict(message, causes);
  }

  private static String print(Owner owner, String apiVersion) {
    String subresource = owner.subresource();
    return '"'
        + owner.manager()
        + '"'
        + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + '"')
        + (owner.operation().equals("Update") ? " using " + apiVersion : "");
  }

  /** Sets fields, adds items to sets and to map lists, replaces everything else. */
  static JsonNode merge(JsonNode current, JsonNode configuration, JsonNode schema) {
    if (current instanceof ObjectNode existing && configuration.isObject()) {
      ObjectNode result = existing.deepCopy();
      configuration
          .properties()
          .forEach(
              field ->
                  result.set(
                      field.getKey(),
                      merge(
                          existing.path(field.getKey()),
                          field.getValue(),
                          SchemaPruning.fieldSchema(schema, field.getKey()))));
      return result;
    }
    ListType kind = ListType.of(schema);
    if (current instanceof ArrayNode existing && configuration.isArray() && !kind.atomic()) {
      Map<JsonNode, JsonNode> items = new LinkedHashMap<>();
      existing.forEach(item -> items.put(kind.key(item), item));
      for (JsonNode item : configuration) {
        JsonNode key = kind.key(item);
        JsonNode known = items.getOrDefault(key, Json.object());
        items.put(key, merge(known, item, schema.path("items")));
      }
      return Json.array().addAll(items.values());
    }
    return configuration.deepCopy();
  }

  /** Removes fields that the applier owned and no longer sets, unless another manager owns them. */
  private static void removeUnapplied(
      ObjectNode result, FieldOwnership ownership, FieldSet applied, Writer writer) {
    // Items before their fields: an item is found by its key fields, which are removed with it.
    TreeSet<List<String>> shallowFirst =
        new TreeSet<>(
            Comparator.<List<String>>comparingInt(List::size).thenComparing(Object::toString));
    shallowFirst.addAll(ownership.owned(writer).paths());
    for (List<String> path : shallowFirst) {
      boolean kept =
          applied.reaches(path)
              || ownership.others(writer).stream().anyMatch(owner -> keeps(owner.fields(), path));
      if (!kept) {
        FieldSet.remove(result, path);
        ownership.removeFromOthers(writer, path);
      }
    }
  }

  /** An item stays if a manager owns the item itself; owning only fields in it is not enough. */
  private static boolean keeps(FieldSet fields, List<String> path) {
    boolean item = path.get(path.size() - 1).startsWith("k:");
    return item ? fields.paths().contains(path) : fields.reaches(path);
  }
}
