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

/** Who set which fields of one object: its {@code metadata.managedFields}, read and written. */
final class FieldOwnership {

  private final String apiVersion;
  private final List<Owner> owners = new ArrayList<>();

  /**
   * One writer.
   *
   * @param manager its name
   * @param operation {@code Apply} or {@code Update}
   * @param subresource what it wrote through, empty for the object itself
   * @param time when what it owns changed last
   * @param fields what it owns
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

  /** Who writes now. */
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

  /** Everybody but the writer. */
  List<Owner> others(Writer writer) {
    return owners.stream().filter(owner -> !owner.is(writer)).toList();
  }

  /** What the writer owns so far. */
  FieldSet owned(Writer writer) {
    return owners.stream()
        .filter(owner -> owner.is(writer))
        .findFirst()
        .map(Owner::fields)
        .orElseGet(FieldSet::empty);
  }

  /** The writer owns exactly these fields from now on; whoever else does still does. */
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

  /** Nobody but the writer owns these fields any longer. */
  void takeFromOthers(Writer writer, Set<List<String>> paths) {
    owners.replaceAll(
        owner -> owner.is(writer) ? owner : owner.owning(owner.fields().without(paths)));
  }

  /** Nobody but the writer owns this path, or anything below it, any longer. */
  void takeFromOthers(Writer writer, List<String> path) {
    Set<List<String>> below =
        others(writer).stream()
            .flatMap(owner -> owner.fields().paths().stream())
            .filter(each -> each.size() >= path.size())
            .filter(each -> each.subList(0, path.size()).equals(path))
            .collect(Collectors.toSet());
    takeFromOthers(writer, below);
  }

  /** Gives the fields that differ between two states of an object to the one who changed them. */
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
    takeFromOthers(writer, taken);
    assign(writer, owned(writer).without(gone).with(changed));
  }

  /** Writes this into the object's metadata. */
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
