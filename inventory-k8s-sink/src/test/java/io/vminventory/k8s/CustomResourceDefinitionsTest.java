package io.vminventory.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guards the generated definitions: a change of the classes or the generator shows up here. */
@Tag("pure")
class CustomResourceDefinitionsTest {

  private static final Path GOLDEN = Path.of("src/test/resources/crds");
  private static final Path DEPLOY = Path.of("../inventory-operator/deploy/crds");

  @Test
  void definitionsInTheJarEqualTheGoldenFiles() throws IOException {
    assertThat(CustomResourceDefinitions.tenants()).isEqualTo(golden("tenants.vminventory.io"));
    assertThat(CustomResourceDefinitions.vms()).isEqualTo(golden("vms.vminventory.io"));
    assertThat(CustomResourceDefinitions.all())
        .containsExactly(CustomResourceDefinitions.tenants(), CustomResourceDefinitions.vms());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenants.vminventory.io", "vms.vminventory.io"})
  void manifestsEqualTheDefinitionsInTheJar(String name) throws IOException {
    assertThat(Files.readString(DEPLOY.resolve(name + ".yaml"))).isEqualTo(golden(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tenants.vminventory.io", "vms.vminventory.io"})
  void everyFieldIsDescribedAndEveryTextAndListIsBounded(String name) throws IOException {
    JsonNode crd = new YAMLMapper().readTree(golden(name));
    List<String> problems = new ArrayList<>();
    check(crd.at("/spec/versions/0/schema/openAPIV3Schema"), "", problems);
    assertThat(problems).isEmpty();
  }

  private static void check(JsonNode schema, String path, List<String> problems) {
    if (!schema.has("description") && !path.endsWith("[]")) {
      problems.add(path + " has no description");
    }
    String type = schema.path("type").asText();
    if (type.equals("string") && !schema.has("maxLength") && !schema.has("enum")) {
      problems.add(path + " has no maxLength");
    }
    if (type.equals("array") && !schema.has("maxItems")) {
      problems.add(path + " has no maxItems");
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      check(property.getValue(), path + "." + property.getKey(), problems);
    }
    if (schema.has("items")) {
      check(schema.path("items"), path + "[]", problems);
    }
  }

  private static String golden(String name) throws IOException {
    return Files.readString(GOLDEN.resolve(name + ".yaml"));
  }
}
