package io.vminventory.operator.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vminventory.api.CheckResult;
import io.vminventory.api.CheckResult.Level;
import io.vminventory.k8s.CustomResourceDefinitions;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class DefinitionsTest {

  @Test
  void definitionsOfThisVersionAreRight() throws Exception {
    assertThat(Definitions.compare(Optional.of(document(vms -> {}))))
        .containsExactly(
            CheckResult.ok("tenants.vminventory.io", "v1 with every field of this version"),
            CheckResult.ok("vms.vminventory.io", "v1 with every field of this version"));
  }

  @Test
  void missingOnesAreNamed() {
    assertThat(Definitions.compare(Optional.empty()))
        .containsExactly(
            CheckResult.failed(
                "tenants.vminventory.io",
                "not installed in version v1",
                "kubectl apply -f deploy/crds"),
            CheckResult.failed(
                "vms.vminventory.io",
                "not installed in version v1",
                "kubectl apply -f deploy/crds"));
  }

  @Test
  void anOldOneIsNamedWithTheFieldsThatItLacks() throws Exception {
    CheckResult vms =
        vms(
            document(
                schema -> {
                  ObjectNode status = (ObjectNode) schema.at("/properties/status/properties");
                  status.remove("primaryIP");
                  ((ObjectNode) status.at("/nics/items/properties")).remove("network");
                  ((ObjectNode) status.path("numCpu")).put("type", "string");
                  ((ArrayNode) status.path("powerState").path("enum")).remove(0);
                }));
    assertThat(vms.level()).isEqualTo(Level.FAILED);
    assertThat(vms.detail())
        .startsWith("of another version than the operator")
        .contains("status.primaryIP", "status.nics.network", "status.numCpu", "status.powerState")
        .doesNotContain("more");
    assertThat(vms.remedy()).isEqualTo("kubectl apply -f deploy/crds");
  }

  @Test
  void aLongListIsCut() throws Exception {
    CheckResult vms =
        vms(
            document(
                schema ->
                    ((ObjectNode) schema.at("/properties/status/properties"))
                        .retain(List.of("vmname", "powerState"))));
    assertThat(vms.detail()).matches(".*(status\\.\\w+, ){4}status\\.\\w+ and \\d+ more");
  }

  @Test
  void aNewerOneIsRight() throws Exception {
    CheckResult vms =
        vms(
            document(
                schema ->
                    ((ObjectNode) schema.at("/properties/status/properties"))
                        .putObject("later")
                        .put("type", "string")));
    assertThat(vms.level()).isEqualTo(Level.OK);
  }

  @Test
  void invalidDocumentIsReported() {
    assertThat(Definitions.compare(Optional.of("<html>")))
        .singleElement()
        .satisfies(finding -> assertThat(finding.level()).isEqualTo(Level.FAILED));
  }

  private static CheckResult vms(String document) {
    return Definitions.compare(Optional.of(document)).get(1);
  }

  /** As an API server serves it, with this done to the schema of VM. */
  private static String document(Consumer<JsonNode> change) throws Exception {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode schemas = root.putObject("components").putObject("schemas");
    for (String yaml : CustomResourceDefinitions.all()) {
      JsonNode definition = new YAMLMapper().readTree(yaml);
      String kind = definition.at("/spec/names/kind").asText();
      ObjectNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema").deepCopy();
      schema
          .putArray("x-kubernetes-group-version-kind")
          .addObject()
          .put("group", "vminventory.io")
          .put("version", "v1")
          .put("kind", kind);
      if (kind.equals("VM")) {
        change.accept(schema);
      }
      schemas.set("io.vminventory.v1." + kind, schema);
    }
    return root.toString();
  }
}
