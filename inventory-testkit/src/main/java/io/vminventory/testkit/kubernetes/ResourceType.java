package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/**
 * Type of object that the server serves.
 *
 * @param group the API group, empty for the core group
 * @param version such as {@code v1}
 * @param names of the type
 * @param namespaced whether its objects are namespaced
 * @param hasStatus whether it has a status subresource
 * @param columns of {@code kubectl get} after the name
 * @param selectableFields the fields, without a leading dot, that a field selector can name besides
 *     the object's name and namespace
 * @param schema the structural schema; a missing node for built-in types
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

  /** Names of a type. */
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

  /**
   * The resource under which all versions are stored, such as {@code secrets} or {@code
   * machines.example.com}.
   */
  String resource() {
    return group.isEmpty() ? names.plural() : names.plural() + "." + group;
  }

  /** Whether it comes from a custom resource definition. */
  boolean custom() {
    return !schema.isMissingNode();
  }

  boolean is(String resource) {
    return resource().equals(resource);
  }
}
