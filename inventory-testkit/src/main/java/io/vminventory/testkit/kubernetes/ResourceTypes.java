package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The types that are served right now. Not thread-safe: the API's lock guards it. */
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

  /** The type that keeps objects under this name, such as {@code namespaces}. */
  ResourceType storedAs(String resource) {
    return types.stream().filter(type -> type.is(resource)).findFirst().orElseThrow();
  }

  List<ResourceType> all() {
    return List.copyOf(types);
  }

  /** Serves what the definition defines, instead of what it defined before. */
  void define(JsonNode definition) {
    forget(definition);
    types.addAll(CustomTypes.of(definition));
  }

  /** Serves what the definition defined no longer; returns what that was. */
  List<ResourceType> forget(JsonNode definition) {
    String resource = Json.text(definition, "metadata", "name");
    List<ResourceType> gone = types.stream().filter(type -> type.is(resource)).toList();
    types.removeAll(gone);
    return gone;
  }
}
