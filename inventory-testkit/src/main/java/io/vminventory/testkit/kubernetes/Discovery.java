package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Discovery documents: groups, versions and resources. */
final class Discovery {

  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> STATUS_VERBS = List.of("get", "patch", "update");

  private final List<ResourceType> types;

  Discovery(List<ResourceType> types) {
    this.types = types;
  }

  /** The document at a path such as {@code /apis/example.com/v1}; empty if there is none. */
  Optional<ObjectNode> document(String path) {
    return switch (path) {
      case "/version" -> Optional.of(version());
      case "/api" -> {
        ObjectNode versions = Json.typed("v1", "APIVersions");
        versions.putArray("versions").add("v1");
        yield Optional.of(versions);
      }
      case "/apis" -> {
        ObjectNode list = Json.typed("v1", "APIGroupList");
        ArrayNode groups = list.putArray("groups");
        types.stream()
            .map(ResourceType::group)
            .distinct()
            .filter(group -> !group.isEmpty())
            .forEach(group -> groups.add(group(group)));
        yield Optional.of(list);
      }
      default -> below(path);
    };
  }

  private Optional<ObjectNode> below(String path) {
    String[] parts = path.substring(1).split("/", -1);
    if (parts.length == 2 && parts[0].equals("api")) {
      return resources("", parts[1]);
    } else if (parts.length == 2 && parts[0].equals("apis")) {
      boolean known = types.stream().anyMatch(type -> type.group().equals(parts[1]));
      return known
          ? Optional.of(Json.typed("v1", "APIGroup").setAll(group(parts[1])))
          : Optional.empty();
    } else if (parts.length == 3 && parts[0].equals("apis")) {
      return resources(parts[1], parts[2]);
    }
    return Optional.empty();
  }

  private static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "35")
        .put("gitVersion", "v1.35.0+embedded")
        .put("gitTreeState", "clean")
        .put("platform", "linux/amd64");
  }

  private ObjectNode group(String group) {
    ObjectNode node = Json.object().put("name", group);
    ArrayNode versions = node.putArray("versions");
    types.stream()
        .filter(type -> type.group().equals(group))
        .map(ResourceType::version)
        .distinct()
        .forEach(
            version ->
                versions
                    .addObject()
                    .put("groupVersion", group + "/" + version)
                    .put("version", version));
    node.set("preferredVersion", versions.path(0).deepCopy());
    return node;
  }

  private Optional<ObjectNode> resources(String group, String version) {
    List<ResourceType> served =
        types.stream()
            .filter(type -> type.group().equals(group) && type.version().equals(version))
            .toList();
    if (served.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode list = Json.typed("v1", "APIResourceList");
    list.put("groupVersion", served.get(0).apiVersion());
    ArrayNode resources = list.putArray("resources");
    for (ResourceType type : served) {
      ObjectNode resource = resource(resources, type, "", VERBS);
      resource.put("singularName", type.names().singular());
      if (!type.names().shortNames().isEmpty()) {
        resource.set("shortNames", Json.array(type.names().shortNames()));
      }
      if (!type.names().categories().isEmpty()) {
        resource.set("categories", Json.array(type.names().categories()));
      }
      if (type.hasStatus()) {
        resource(resources, type, "/status", STATUS_VERBS);
      }
    }
    return Optional.of(list);
  }

  private static ObjectNode resource(
      ArrayNode resources, ResourceType type, String suffix, List<String> verbs) {
    ObjectNode resource = resources.addObject();
    resource.put("name", type.names().plural() + suffix).put("singularName", "");
    resource.put("namespaced", type.namespaced()).put("kind", type.names().kind());
    resource.set("verbs", Json.array(verbs));
    return resource;
  }
}
