package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * OpenAPI v3 documents, as far as {@code kubectl explain} and kubectl's check for server-side field
 * validation need them.
 */
final class OpenApi {

  private static final String ROOT = "/openapi/v3";
  private static final List<String> METHODS = List.of("get", "put", "patch", "delete");

  private final List<ResourceType> types;

  OpenApi(List<ResourceType> types) {
    this.types = types;
  }

  /** The document at a path such as {@code /openapi/v3/apis/example.com/v1}. */
  Optional<ObjectNode> document(String path) {
    if (path.equals(ROOT)) {
      return Optional.of(index());
    }
    List<ResourceType> served =
        types.stream().filter(type -> path.equals(ROOT + "/" + root(type))).toList();
    return served.isEmpty() ? Optional.empty() : Optional.of(group(served));
  }

  private static String root(ResourceType type) {
    return (type.group().isEmpty() ? "api/" : "apis/") + type.apiVersion();
  }

  private ObjectNode index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    for (ResourceType type : types) {
      paths.putObject(root(type)).put("serverRelativeURL", ROOT + "/" + root(type));
    }
    return index;
  }

  private static ObjectNode group(List<ResourceType> served) {
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Embedded Kubernetes").put("version", "v1");
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    for (ResourceType type : served) {
      String scope = type.namespaced() ? "/namespaces/{namespace}/" : "/";
      String collection = "/" + root(type) + scope + type.names().plural();
      operation(paths.putObject(collection), type, "post");
      ObjectNode one = paths.putObject(collection + "/{name}");
      METHODS.forEach(method -> operation(one, type, method));
      schemas.set(type.names().kind(), schema(type));
    }
    return document;
  }

  private static void operation(ObjectNode path, ResourceType type, String method) {
    ObjectNode operation = path.putObject(method);
    for (String parameter : List.of("dryRun", "fieldManager", "fieldValidation")) {
      operation.withArray("parameters").addObject().put("name", parameter).put("in", "query");
    }
    operation.set("x-kubernetes-group-version-kind", groupVersionKind(type));
  }

  private static ObjectNode groupVersionKind(ResourceType type) {
    return Json.object()
        .put("group", type.group())
        .put("version", type.version())
        .put("kind", type.names().kind());
  }

  private static ObjectNode schema(ResourceType type) {
    ObjectNode schema =
        type.schema() instanceof ObjectNode own
            ? own.deepCopy()
            : Json.object().put("type", "object");
    ObjectNode properties = Json.child(schema, "properties");
    properties.putObject("apiVersion").put("type", "string").put("description", "The API version.");
    properties.putObject("kind").put("type", "string").put("description", "The kind.");
    properties.putObject("metadata").put("type", "object").put("description", "The metadata.");
    schema.putArray("x-kubernetes-group-version-kind").add(groupVersionKind(type));
    return schema;
  }
}
