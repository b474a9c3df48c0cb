package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * One kind of object that the server serves.
 *
 * @param group the API group, empty for the core group
 * @param version such as {@code v1}
 * @param names what people and clients call it
 * @param namespaced whether its objects live in namespaces
 * @param hasStatus whether {@code status} is written through a subresource only
 * @param columns what {@code kubectl get} prints after the name
 * @param selectableFields the fields, without a leading dot, that a field selector may name besides
 *     the object's name and namespace
 * @param schema the structural schema; a missing node if the type is built in
 */
record ResourceType(
    String group,
    String version,
    Names names,
    boolean namespaced,
    boolean hasStatus,
    List<PrinterColumn> columns,
    Set<String> selectableFields,
    JsonNode schema) {

  ResourceType {
    columns = List.copyOf(columns);
    selectableFields = Set.copyOf(selectableFields);
  }

  /** What a type is called. */
  record Names(
      String plural,
      String singular,
      String kind,
      List<String> shortNames,
      List<String> categories) {

    Names {
      shortNames = List.copyOf(shortNames);
      categories = List.copyOf(categories);
    }
  }

  /** Such as {@code v1} or {@code example.com/v1}. */
  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** Such as {@code secrets} or {@code machines.example.com}: where all versions are stored. */
  String resource() {
    return group.isEmpty() ? names.plural() : names.plural() + "." + group;
  }

  /** Whether a custom resource definition made it. */
  boolean custom() {
    return !schema.isMissingNode();
  }

  boolean is(String resource) {
    return resource().equals(resource);
  }
}
