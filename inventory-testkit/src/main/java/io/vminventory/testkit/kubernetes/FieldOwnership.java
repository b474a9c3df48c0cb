package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Field ownership of one object: its {@code metadata.managedFields}. */
final class FieldOwnership {

  private final String apiVersion;
  private final List<Owner> owners = new ArrayList<>();

  /**
   * Entry of a field manager.
   *
   * @param manager its name
   * @param operation {@code Apply} or {@code Update}
   * @param subresource empty for the object itself
   * @param time of the last change of the entry
   * @param fields the owned fields
   */
  record Owner(String manager, String operation, String subresource, String time, FieldSet fields) {

    boolean is(Writer writer) {
      return manager.equals(writer.manager())
          && operation.equals(writer.operation())
          && subresource.equals(writer.subresource());
    }

    Owner owning(FieldSet other) {
      return new Owner(manager, operation, subresource, time, other);
    }
  }

  /** Field manager of the current request. */
  record Writer(String manager, String operation, String subresource, Instant now) {

    static Writer apply(ApiRequest request, Instant now) {
      return new Writer(request.fieldManager(), "Apply", request.subresource(), now);
    }

    static Writer update(ApiRequest request, Instant now) {
      return new Writer(request.fieldManager(), "Update", request.subresource(), now);
    }
  }

  private FieldOwnership(String apiVersion) {
    this.apiVersion = apiVersion;
  }

  static FieldOwnership of(ObjectNode object) {
    FieldOwnership ownership = new FieldOwnership(Json.text(object, "apiVersion"));
    for (JsonNode entry : object.path("metadata").path("managedFields")) {
      ownership.owners.add(
          new Owner(
              Json.text(entry, "manager"),
              Json.text(entry, "operation"),
              Json.text(entry, "subresource"),
              Json.text(entry, "time"),
              FieldSet.fromFieldsV1(entry.path("fieldsV1"))));
    }
    return ownership;
  }

  /** The entries of other managers. */
  List<Owner> others(Writer writer) {
    return owners.stream().filter(owner -> !owner.is(writer)).toList();
  }

  /** The fields that the writer owns. */
  FieldSet owned(Writer writer) {
    return owners.stream()
        .filter(owner -> owner.is(writer))
        .findFirst()
        .map(Owner::fields)
        .orElseGet(FieldSet::empty);
  }

  /** Makes the writer own exactly these fields. Other owners keep them, too. */
  void assign(Writer writer, FieldSet fields) {
    if (owned(writer).equals(fields)) {
      return;
    }
    Owner owner =
        new Owner(
            writer.manager(),
            writer.operation(),
            writer.subresource(),
            writer.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            fields);
    owners.removeIf(former -> former.is(writer));
    owners.add(owner);
  }

  /** Removes these fields from all other owners. */
  void removeFromOthers(Writer writer, Set<List<String>> paths) {
    owners.replaceAll(
        owner -> owner.is(writer) ? owner : owner.owning(owner.fields().without(paths)));
  }

  /** Removes this path and everything below it from all other owners. */
  void removeFromOthers(Writer writer, List<String> path) {
    Set<List<String>> below =
        others(writer).stream()
            .flatMap(owner -> owner.fields().paths().stream())
            .filter(each -> each.size() >= path.size())
            .filter(each -> each.subList(0, path.size()).equals(path))
            .collect(Collectors.toSet());
    removeFromOthers(writer, below);
  }

  /** Makes the writer own the fields that differ between two states of an object. */
  void update(Writer writer, ObjectNode before, ObjectNode after, JsonNode schema) {
    FieldSet were = FieldSet.of(before, schema);
    FieldSet are = FieldSet.of(after, schema);
    Set<List<String>> changed = new HashSet<>();
    for (List<String> path : are.paths()) {
      boolean leaf = !path.get(path.size() - 1).startsWith("k:");
      if (!were.paths().contains(path)
          || (leaf && !FieldSet.value(before, path).equals(FieldSet.value(after, path)))) {
        changed.add(path);
      }
    }
    Set<List<String>> gone = new HashSet<>(were.without(are.paths()).paths());
    Set<List<String>> taken = new HashSet<>(changed);
    taken.addAll(gone);
    removeFromOthers(writer, taken);
    assign(writer, owned(writer).without(gone).with(changed));
  }

  /** Writes {@code managedFields} of the object. */
  void writeTo(ObjectNode object) {
    ArrayNode entries = Json.array();
    for (Owner owner : owners) {
      if (!owner.fields().isEmpty()) {
        ObjectNode entry = entries.addObject();
        entry.put("manager", owner.manager()).put("operation", owner.operation());
        entry.put("apiVersion", apiVersion).put("time", owner.time()).put("fieldsType", "FieldsV1");
        entry.set("fieldsV1", owner.fields().toFieldsV1());
        if (!owner.subresource().isEmpty()) {
          entry.put("subresource", owner.subresource());
        }
      }
    }
    if (entries.isEmpty()) {
      Json.metadata(object).remove("managedFields");
    } else {
      Json.metadata(object).set("managedFields", entries);
    }
  }
}
