package io.vminventory.k8s.build;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Build step that completes the generated custom resource definitions.
 *
 * <p>The additions of a resource are a YAML file with three parts: {@code names} goes into {@code
 * spec.names}, {@code version} into the only version, and each entry of {@code schema} into the
 * schema node that its path leads to ({@code status.nics[].mac}; {@code .} is the root). Objects
 * are merged, anything else replaces what was there, {@code null} removes it.
 */
public final class CrdFinisher {

  private static final String HEADER =
      "# Generated from the classes of inventory-k8s-sink by its build (crd-generator-apt,"
          + " CrdFinisher); do not edit.\n";

  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .build());

  private CrdFinisher() {}

  /**
   * Completes every definition for which there are additions.
   *
   * @param args the folder of generated definitions, the folder of additions, and the folders that
   *     the results are written to
   */
  public static void main(String[] args) throws IOException {
    Path generated = Path.of(args[0]);
    try (var additions = Files.newDirectoryStream(Path.of(args[1]), "*.yaml")) {
      for (Path addition : additions) {
        String name = addition.getFileName().toString().replace(".yaml", "");
        JsonNode crd = YAML.readTree(generated.resolve(name + "-v1.yml").toFile());
        finish(crd, YAML.readTree(addition.toFile()));
        String text = HEADER + YAML.writeValueAsString(crd);
        for (String folder : List.of(args).subList(2, args.length)) {
          write(Path.of(folder, name + ".yaml"), text);
        }
      }
    }
  }

  private static void finish(JsonNode crd, JsonNode additions) {
    ObjectNode version = (ObjectNode) crd.at("/spec/versions/0");
    merge((ObjectNode) crd.at("/spec/names"), additions.required("names"));
    merge(version, additions.required("version"));
    for (Map.Entry<String, JsonNode> addition : additions.required("schema").properties()) {
      JsonNode schema = version.at("/schema/openAPIV3Schema");
      merge((ObjectNode) resolve(schema, addition.getKey()), addition.getValue());
    }
  }

  private static JsonNode resolve(JsonNode schema, String path) {
    JsonNode node = schema;
    for (String step : path.equals(".") ? new String[0] : path.split("\\.")) {
      boolean items = step.endsWith("[]");
      node =
          node.required("properties").required(items ? step.substring(0, step.length() - 2) : step);
      node = items ? node.required("items") : node;
    }
    return node;
  }

  private static void merge(ObjectNode target, JsonNode additions) {
    for (Map.Entry<String, JsonNode> addition : additions.properties()) {
      JsonNode value = addition.getValue();
      if (value.isNull()) {
        target.remove(addition.getKey());
      } else if (value.isObject()) {
        merge(target.withObjectProperty(addition.getKey()), value);
      } else {
        target.set(addition.getKey(), value);
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }
}
