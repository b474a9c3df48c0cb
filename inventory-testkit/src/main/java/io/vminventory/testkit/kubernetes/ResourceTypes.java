package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Served types. Not thread-safe: the API's lock guards it. */
final class ResourceTypes {

  private final List<ResourceType> types = new ArrayList<>(BuiltInTypes.all());

  Optional<ResourceType> find(String group, String version, String plural) {
    return types.stream()
        .filter(
            type ->
                type.group().equals(group)
                    && type.version().equals(version)
                    && type.names().plural().equals(plural))
        .findFirst();
  }

  /** A type by its resource, such as {@code namespaces}. */
  ResourceType storedAs(String resource) {
    return types.stream().filter(type -> type.is(resource)).findFirst().orElseThrow();
  }

  List<ResourceType> all() {
    return List.copyOf(types);
  }

  /** Serves the types of this definition in place of its former ones. */
  void define(JsonNode definition) {
    remove(definition);
    types.addAll(CustomTypes.of(definition));
  }

  /** Stops serving the types of this definition and returns them. */
  List<ResourceType> remove(JsonNode definition) {
    String resource = Json.text(definition, "metadata", "name");
    List<ResourceType> gone = types.stream().filter(type -> type.is(resource)).toList();
    types.removeAll(gone);
    return gone;
  }
}
