package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vminventory.testkit.kubernetes.FieldOwnership.Writer;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class ServerSideApplyTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final JsonNode SCHEMA =
      ObjectMetadata.withMetadata(
          TestJson.object(
              """
              properties:
                status:
                  properties:
                    conditions:
                      x-kubernetes-list-type: map
                      x-kubernetes-list-map-keys: [type]
              """));
  private static final ObjectNode NOTHING = TestJson.object("apiVersion: v1");

  private static ObjectNode apply(ObjectNode current, String manager, String configuration) {
    return ServerSideApply.apply(current, config(configuration), SCHEMA, writer(manager), false);
  }

  private static ObjectNode config(String yaml) {
    return TestJson.object(yaml).put("apiVersion", "v1");
  }

  private static Writer writer(String manager) {
    return new Writer(manager, "Apply", "", NOW);
  }

  private static ObjectNode withoutMetadata(ObjectNode object) {
    ObjectNode plain = object.deepCopy();
    plain.remove("metadata");
    return plain;
  }

  @Test
  void applierOwnsAppliedFields() {
    ObjectNode object = apply(NOTHING, "one", "{metadata: {labels: {a: b}}, spec: {x: 1, l: [1]}}");

    assertThat(object.path("metadata").path("managedFields").path(0))
        .isEqualTo(
            TestJson.object(
                """
                manager: one
                operation: Apply
                apiVersion: v1
                time: "2026-11-23T12:00:00Z"
                fieldsType: FieldsV1
                fieldsV1:
                  f:metadata: {f:labels: {f:a: {}}}
                  f:spec: {f:x: {}, f:l: {}}
                """));
  }

  @Test
  void fieldsNoLongerAppliedAreRemoved() {
    ObjectNode object = apply(NOTHING, "one", "{spec: {x: 1, y: {z: 2}}}");

    assertThat(withoutMetadata(apply(object, "one", "{spec: {x: 1}}")))
        .isEqualTo(config("{spec: {x: 1}}"));
  }

  @Test
  void fieldsSharedWithOthersStay() {
    ObjectNode object = apply(NOTHING, "one", "{spec: {x: 1, y: 2}}");
    object = apply(object, "two", "{spec: {y: 2}}");

    assertThat(withoutMetadata(apply(object, "one", "{spec: {x: 1}}")))
        .isEqualTo(config("{spec: {x: 1, y: 2}}"));
  }

  @Test
  void conflictsNameFieldsAndOwners() {
    ObjectNode object = apply(NOTHING, "one", "{spec: {x: 1, y: 2}}");

    assertThatThrownBy(() -> apply(object, "two", "{spec: {x: 9}}"))
        .hasMessage("Apply failed with 1 conflict: conflict with \"one\": .spec.x");
    assertThatThrownBy(() -> apply(object, "two", "{spec: {x: 9, y: 9}}"))
        .hasMessage("Apply failed with 2 conflicts: conflicts with \"one\":\n- .spec.x\n- .spec.y");
  }

  @Test
  void updatersOwnChangedFields() {
    ObjectNode object = apply(NOTHING, "one", "{spec: {x: 1, y: 2}}");
    ObjectNode edited = object.deepCopy();
    Json.child(edited, "spec").put("x", 5);
    FieldOwnership ownership = FieldOwnership.of(object);
    ownership.update(new Writer("ed", "Update", "", NOW), object, edited, SCHEMA);
    ownership.writeTo(edited);

    assertThatThrownBy(() -> apply(edited, "one", "{spec: {x: 1, y: 2}}"))
        .hasMessage("Apply failed with 1 conflict: conflict with \"ed\" using v1: .spec.x");
  }

  @Test
  void forceTakesOwnership() {
    ObjectNode object = apply(NOTHING, "one", "{spec: {x: 1, y: 2}}");
    object = ServerSideApply.apply(object, config("{spec: {x: 9}}"), SCHEMA, writer("two"), true);

    assertThat(withoutMetadata(object)).isEqualTo(config("{spec: {x: 9, y: 2}}"));
    assertThat(FieldOwnership.of(object).owned(writer("one")))
        .isEqualTo(FieldSet.fromFieldsV1(TestJson.object("f:spec: {f:y: {}}")));
  }

  @Test
  void repeatedApplyChangesNothing() {
    String configuration = "{metadata: {finalizers: [a]}, spec: {x: {y: 1}}}";
    ObjectNode object = apply(NOTHING, "one", configuration);

    assertThat(
            ServerSideApply.apply(
                object,
                config(configuration),
                SCHEMA,
                new Writer("one", "Apply", "", NOW.plusSeconds(5)),
                false))
        .isEqualTo(object);
  }

  @Test
  void fieldSetsRoundTripThroughFieldsV1() {
    FieldSet set =
        FieldSet.of(
            config(
                "{metadata: {finalizers: [a/b], labels: {a.b/c: d}}, status: {empty: {},"
                    + " conditions: [{type: A, status: x}]}}"),
            SCHEMA);

    assertThat(FieldSet.fromFieldsV1(set.toFieldsV1())).isEqualTo(set);
    assertThat(set.paths().stream().map(FieldSet::print).collect(Collectors.toSet()))
        .isEqualTo(
            Set.of(
                ".metadata.finalizers[=\"a/b\"]",
                ".metadata.labels.a.b/c",
                ".status.empty",
                ".status.conditions[type=\"A\"]",
                ".status.conditions[type=\"A\"].type",
                ".status.conditions[type=\"A\"].status"));
  }
}
