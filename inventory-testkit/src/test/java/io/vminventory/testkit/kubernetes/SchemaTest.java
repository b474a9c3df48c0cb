package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vminventory.testkit.kubernetes.StatusException.Cause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class SchemaTest {

  private static final JsonNode SCHEMA = CustomTypes.of(definition()).get(0).schema();

  private static ObjectNode definition() {
    try (var stream = Machines.definition()) {
      return TestJson.object(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> problems(String object) {
    return SchemaValidation.check(SCHEMA, TestJson.object(object), MissingNode.getInstance())
        .stream()
        .map(cause -> cause.field() + ": " + cause.message())
        .toList();
  }

  /** The messages of a real API server 1.36. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{owner: ann, memoryMB: 2o48} | spec.memoryMB: Invalid value: \"string\": spec.memoryMB in"
            + " body must be of type integer: \"string\"",
        "{owner: ann, memoryMB: 1.5} | spec.memoryMB: Invalid value: \"number\": spec.memoryMB in"
            + " body must be of type integer: \"number\"",
        "{owner: ann, memoryMB: 0} | spec.memoryMB: Invalid value: 0: spec.memoryMB in body should"
            + " be greater than or equal to 1",
        "{owner: ann, memoryMB: 65537} | spec.memoryMB: Invalid value: 65537: spec.memoryMB in body"
            + " should be less than or equal to 65536",
        "{owner: Ann} | spec.owner: Invalid value: \"Ann\": spec.owner in body should match"
            + " '^[a-z]+$'",
        "{owner: abcdefghijklmnopqrstuvwxyz} | spec.owner: Too long: may not be more than 20 bytes",
        "{} | spec.owner: Required value",
        "{owner: ann, mode: x} | spec.mode: Unsupported value: \"x\": supported values: \"Fast\","
            + " \"Slow\"",
        "{owner: ann, ports: [1, 2, 3]} | spec.ports: Too many: 3: must have at most 2 items",
        "{owner: ann, ports: [a]} | spec.ports[0]: Invalid value: \"string\": spec.ports[0] in body"
            + " must be of type integer: \"string\"",
        "{owner: ann, tags: {a: 1}} | spec.tags.a: Invalid value: \"integer\": spec.tags.a in body"
            + " must be of type string: \"integer\"",
        "{owner: ann, enabled: 'yes'} | spec.enabled: Invalid value: \"string\": spec.enabled in"
            + " body must be of type boolean: \"string\""
      })
  void violationsHaveTheMessagesOfARealServer(String spec, String problem) {
    assertThat(problems("spec: " + spec)).containsExactly(problem);
  }

  @Test
  void statusIsValidatedToo() {
    assertThat(
            problems(
                """
                spec: {owner: ann}
                status:
                  seen: gestern
                  conditions: [{type: A}, {type: B, status: x}, {type: B, status: y}]
                """))
        .containsExactly(
            "status.seen: Invalid value: \"gestern\": seen in body must be of type date-time:"
                + " \"gestern\"",
            "status.conditions[0].status: Required value",
            "status.conditions[2]: Duplicate value: {\"type\":\"B\"}");
  }

  @Test
  void immutableValueCanBeSetOnceAndRemoved() {
    JsonNode one = TestJson.object("{spec: {owner: ann, key: one}}");
    JsonNode two = TestJson.object("{spec: {owner: ann, key: two}}");
    JsonNode none = TestJson.object("{spec: {owner: ann}}");

    assertThat(SchemaValidation.check(SCHEMA, one, none)).isEmpty();
    assertThat(SchemaValidation.check(SCHEMA, one, one)).isEmpty();
    assertThat(SchemaValidation.check(SCHEMA, none, one)).isEmpty();
    assertThat(SchemaValidation.check(SCHEMA, two, one))
        .containsExactly(
            new Cause("FieldValueInvalid", "spec.key", "Invalid value: \"two\": key is immutable"));
  }

  @Test
  void unknownFieldsArePrunedAndDefaultsSet() {
    ObjectNode object =
        TestJson.object(
            """
            apiVersion: example.com/v1
            kind: Machine
            metadata: {name: a, anything: goes}
            more: 1
            spec: {owner: ann, mode: null, odd: {a: b}, tags: {x: y}}
            status: {conditions: [{type: A, status: B, odd: 1}]}
            """);
    List<String> dropped = SchemaPruning.prune(SCHEMA, object);

    assertThat(dropped).containsExactly("more", "spec.odd", "status.conditions[0].odd");
    assertThat(object)
        .isEqualTo(
            TestJson.object(
                """
                apiVersion: example.com/v1
                kind: Machine
                metadata: {name: a, anything: goes}
                spec: {owner: ann, mode: Fast, enabled: true, tags: {x: y}}
                status: {conditions: [{type: A, status: B}]}
                """));
  }
}
