package io.vminventory.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Released definitions stay compatible: no field is removed or narrowed. */
@Tag("pure")
class CrdCompatibilityTest {

  /** Intended breaks, each with its reason here and in CHANGELOG.md. */
  private static final Set<String> ACCEPTED =
      Set.of(
          // The server's name decides the provider.
          "v1.spec.provider: default was \"vsphere\" and is not set");

  private static final Path RELEASED = Path.of("src/test/resources/crds/released");
  private static final String V1 = "/spec/versions/0";
  private static final String SCHEMA = V1 + "/schema/openAPIV3Schema/properties";
  private static final String SPEC = SCHEMA + "/spec/properties";
  private static final String STATUS = SCHEMA + "/status/properties";

  @Test
  void releasedDefinitionsStayCompatible() throws IOException {
    YAMLMapper yaml = new YAMLMapper();
    JsonNode tenantsNow = yaml.readTree(CustomResourceDefinitions.tenants());
    JsonNode vmsNow = yaml.readTree(CustomResourceDefinitions.vms());
    List<String> breaks = new ArrayList<>(CrdCompatibility.breaks(tenants(), tenantsNow));
    breaks.addAll(CrdCompatibility.breaks(vms(), vmsNow));
    assertThat(breaks).containsExactlyInAnyOrderElementsOf(ACCEPTED);
  }

  static Stream<Arguments> breaks() {
    return Stream.of(
        change("v1.spec.interval: was removed", SPEC, it -> it.remove("interval")),
        change(
            "v1.spec.suspend: type was \"boolean\" and is \"string\"",
            SPEC + "/suspend",
            put("type", "string")),
        change("v1.spec.sync enum: lacks Manual", SPEC + "/sync", it -> list(it, "enum").remove(1)),
        change(
            "v1.spec.username: new enum [\"ike\"]",
            SPEC + "/username",
            it -> it.putArray("enum").add("ike")),
        change(
            "v1.spec.sync: default was \"Watch\" and is \"Manual\"",
            SPEC + "/sync",
            put("default", "Manual")),
        change(
            "v1.spec.username: maxLength was 256 and is 255",
            SPEC + "/username",
            put("maxLength", 255)),
        change(
            "v1.spec.username: minLength was 1 and is 2", SPEC + "/username", put("minLength", 2)),
        change(
            "v1.spec.provider: minLength was not set and is 1",
            SPEC + "/provider",
            put("minLength", 1)),
        change(
            "v1.status.vmCount: maximum was not set and is 9",
            STATUS + "/vmCount",
            put("maximum", 9)),
        change(
            "v1.status.conditions: maxItems was 16 and is 8",
            STATUS + "/conditions",
            put("maxItems", 8)),
        change(
            "v1.spec.username: new pattern \"^[a-z]+$\"",
            SPEC + "/username",
            put("pattern", "^[a-z]+$")),
        change(
            "v1.spec.provider: new pattern \"^[a-z]+$\"",
            SPEC + "/provider",
            put("pattern", "^[a-z]+$")),
        change(
            "v1.spec.username: new format \"email\"", SPEC + "/username", put("format", "email")),
        change(
            "v1.spec: requires server2",
            SCHEMA + "/spec",
            it -> list(it, "required").add("server2")),
        change(
            "v1.spec: new rule size(self.username) > 3",
            SCHEMA + "/spec",
            it ->
                list(it, "x-kubernetes-validations")
                    .addObject()
                    .put("rule", "size(self.username) > 3")),
        change(
            "v1.spec.passwordSecretRef.key: was removed",
            SPEC + "/passwordSecretRef/properties",
            it -> it.remove("key")),
        change(
            "v1.status.conditions[].reason: was removed",
            STATUS + "/conditions/items/properties",
            it -> it.remove("reason")),
        change(
            "v1.status.conditions: x-kubernetes-list-type was \"map\" and is not set",
            STATUS + "/conditions",
            it -> it.remove("x-kubernetes-list-type")),
        change(
            "v1 columns: lacks Username", V1, it -> list(it, "additionalPrinterColumns").remove(0)),
        change(
            "v1: subresources was {\"status\":{}} and is not set",
            V1,
            it -> it.remove("subresources")),
        change("v1: is no longer served", V1, put("name", "v2")),
        change("names.shortNames: lacks vmt", "/spec/names", it -> it.remove("shortNames")),
        change(
            "names: kind was \"Tenant\" and is \"Client\"", "/spec/names", put("kind", "Client")),
        change(": scope was \"Namespaced\" and is \"Cluster\"", "/spec", put("scope", "Cluster")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breaks")
  void removalsAndNarrowingsAreBreaks(String message, String place, Consumer<ObjectNode> change)
      throws IOException {
    JsonNode current = tenants();
    change.accept((ObjectNode) current.at(place));
    assertThat(CrdCompatibility.breaks(tenants(), current)).containsExactly(message);
  }

  @Test
  void removedSelectableFieldIsABreak() throws IOException {
    JsonNode current = vms();
    list((ObjectNode) current.at(V1), "selectableFields").remove(0);
    assertThat(CrdCompatibility.breaks(vms(), current))
        .containsExactly("v1 selectableFields: lacks .status.powerState");
  }

  static Stream<Arguments> widenings() {
    return Stream.of(
        change("a field", SPEC, it -> it.putObject("note").put("type", "string")),
        change(
            "a required field with a default",
            SCHEMA + "/spec",
            it -> {
              list(it, "required").add("note");
              ((ObjectNode) it.get("properties")).putObject("note").put("default", "");
            }),
        change("an enum value", SPEC + "/sync", it -> list(it, "enum").add("Weekly")),
        change("no enum", SPEC + "/sync", it -> it.remove("enum")),
        change("a longer text", SPEC + "/username", put("maxLength", 512)),
        change("a shorter text", SPEC + "/username", put("minLength", 0)),
        change("a number below", STATUS + "/vmCount", put("minimum", -1)),
        change("no pattern", SPEC + "/provider", it -> it.remove("pattern")),
        change("no rule", SCHEMA + "/spec", it -> it.remove("x-kubernetes-validations")),
        change("nothing required", SCHEMA + "/spec", it -> it.remove("required")),
        change("another description", SPEC + "/sync", put("description", "How.")),
        change(
            "a column",
            V1,
            it -> list(it, "additionalPrinterColumns").addObject().put("name", "Sync")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("widenings")
  void additionsAndWideningsAreNotBreaks(String what, String place, Consumer<ObjectNode> change)
      throws IOException {
    JsonNode current = tenants();
    change.accept((ObjectNode) current.at(place));
    assertThat(current).as(what).isNotEqualTo(tenants());
    assertThat(CrdCompatibility.breaks(tenants(), current)).as(what).isEmpty();
  }

  private static Arguments change(String message, String place, Consumer<ObjectNode> change) {
    return arguments(message, place, change);
  }

  private static Consumer<ObjectNode> put(String field, String value) {
    return schema -> schema.put(field, value);
  }

  private static Consumer<ObjectNode> put(String field, int value) {
    return schema -> schema.put(field, value);
  }

  private static ArrayNode list(ObjectNode schema, String field) {
    return (ArrayNode) schema.get(field);
  }

  private static JsonNode tenants() throws IOException {
    return released("tenants.vminventory.io");
  }

  private static JsonNode vms() throws IOException {
    return released("vms.vminventory.io");
  }

  private static JsonNode released(String name) throws IOException {
    return new YAMLMapper().readTree(Files.readString(RELEASED.resolve(name + ".yaml")));
  }
}
