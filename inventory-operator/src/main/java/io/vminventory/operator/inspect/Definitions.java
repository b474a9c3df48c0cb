package io.vminventory.operator.inspect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vminventory.api.CheckResult;
import io.vminventory.k8s.CustomResourceDefinitions;
import io.vminventory.k8s.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Comparison of this version's custom resource definitions with those that an API server serves. It
 * uses the OpenAPI document, which every account can read; the operator has no right to read
 * definitions. Pure.
 */
final class Definitions {

  /** Path of the document; the API server returns 404 while there is no definition. */
  static final String PATH = "/openapi/v3/apis/" + Names.GROUP + "/" + Names.VERSION;

  private static final String REMEDY = "kubectl apply -f deploy/crds";
  private static final int MAX_NAMED_FIELDS = 5;

  private Definitions() {}

  /**
   * One result for each definition.
   *
   * @param document the OpenAPI document; empty if there is none
   */
  static List<CheckResult> compare(Optional<String> document) {
    try {
      JsonNode schemas =
          new ObjectMapper().readTree(document.orElse("{}")).path("components").path("schemas");
      List<CheckResult> results = new ArrayList<>();
      for (String yaml : CustomResourceDefinitions.all()) {
        results.add(compare(new YAMLMapper().readTree(yaml), schemas));
      }
      return results;
    } catch (JsonProcessingException e) {
      return List.of(
          CheckResult.failed(
              "definitions",
              "the API server's OpenAPI document cannot be read",
              "check whether a proxy stands between here and the API server"));
    }
  }

  private static CheckResult compare(JsonNode definition, JsonNode schemas) {
    String subject = definition.path("metadata").path("name").asText();
    String kind = definition.path("spec").path("names").path("kind").asText();
    JsonNode ours =
        definition.path("spec").path("versions").path(0).path("schema").path("openAPIV3Schema");
    Optional<JsonNode> served = schema(schemas, kind);
    if (served.isEmpty()) {
      return CheckResult.failed(subject, "not installed in version " + Names.VERSION, REMEDY);
    }
    List<String> missing = new ArrayList<>();
    compare("", ours, served.get(), missing);
    if (missing.isEmpty()) {
      return CheckResult.ok(subject, Names.VERSION + " with every field of this version");
    }
    List<String> named = missing.stream().limit(MAX_NAMED_FIELDS).toList();
    String others =
        missing.size() > named.size()
            ? " and %d more".formatted(missing.size() - named.size())
            : "";
    return CheckResult.failed(
        subject,
        "of another version than the operator; fields that are missing or take other values: "
            + String.join(", ", named)
            + others,
        REMEDY);
  }

  private static Optional<JsonNode> schema(JsonNode schemas, String kind) {
    for (JsonNode schema : schemas) {
      for (JsonNode type : schema.path("x-kubernetes-group-version-kind")) {
        if (type.path("group").asText().equals(Names.GROUP)
            && type.path("version").asText().equals(Names.VERSION)
            && type.path("kind").asText().equals(kind)) {
          return Optional.of(schema);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the served enum has all of our values; without an enum it has. */
  private static boolean accepts(JsonNode served, JsonNode ours) {
    List<JsonNode> values = new ArrayList<>();
    served.forEach(values::add);
    List<JsonNode> needed = new ArrayList<>();
    ours.forEach(needed::add);
    return values.isEmpty() || values.containsAll(needed);
  }

  /** Adds the paths of our fields that are not served, or are served with other types or values. */
  private static void compare(String path, JsonNode ours, JsonNode served, List<String> missing) {
    for (Map.Entry<String, JsonNode> field : ours.path("properties").properties()) {
      String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      JsonNode other = served.path("properties").path(field.getKey());
      if (other.path("type").asText().equals(field.getValue().path("type").asText())
          && accepts(other.path("enum"), field.getValue().path("enum"))) {
        compare(name, field.getValue(), other, missing);
        compare(name, field.getValue().path("items"), other.path("items"), missing);
      } else {
        missing.add(name);
      }
    }
  }
}
