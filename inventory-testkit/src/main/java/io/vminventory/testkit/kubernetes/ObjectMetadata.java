package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vminventory.testkit.kubernetes.StatusException.Cause;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Rules for {@code metadata}: what the server sets, validates and preserves. */
final class ObjectMetadata {

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
  private static final String RBAC = "rbac.authorization.k8s.io";
  private static final JsonNode SCHEMA =
      Json.parse(
          """
          {"properties": {
            "finalizers": {"x-kubernetes-list-type": "set"},
            "ownerReferences": {
              "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["uid"]}}}
          """,
          false);

  private ObjectMetadata() {}

  /** The schema of a type with metadata, for server-side apply. */
  static JsonNode withMetadata(JsonNode schema) {
    ObjectNode properties = Json.object();
    if (schema.path("properties") instanceof ObjectNode own) {
      properties.setAll(own);
    }
    properties.set("metadata", SCHEMA);
    return Json.object().set("properties", properties);
  }

  /** Sets the metadata of a new object. */
  static void initialize(ObjectNode object, ResourceType type, String namespace, Instant now) {
    ObjectNode metadata = Json.metadata(object);
    requireKind(object, type);
    String own = Json.text(metadata, "namespace");
    if (!own.isEmpty() && !own.equals(namespace)) {
      throw StatusException.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    UUID uid = UUID.randomUUID();
    String prefix = Json.text(metadata, "generateName");
    if (Json.text(metadata, "name").isEmpty() && !prefix.isEmpty()) {
      metadata.put("name", prefix + uid.toString().substring(0, 5).toLowerCase(Locale.ROOT));
    }
    checkName(type, Json.text(metadata, "name"));
    metadata.remove(List.of("resourceVersion", "deletionTimestamp", "deletionGracePeriodSeconds"));
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("uid", uid.toString());
    metadata.put("creationTimestamp", seconds(now));
    if (type.custom()) {
      metadata.put("generation", 1);
    }
  }

  private static void requireKind(ObjectNode object, ResourceType type) {
    String kind = Json.text(object, "kind");
    String apiVersion = Json.text(object, "apiVersion");
    if (!kind.equals(type.names().kind()) || !apiVersion.equals(type.apiVersion())) {
      throw StatusException.badRequest(
          "the object provided is unrecognized: %s %s sent to %s %s"
              .formatted(apiVersion, kind, type.apiVersion(), type.names().plural()));
    }
  }

  private static void checkName(ResourceType type, String name) {
    if (name.isEmpty()) {
      throw StatusException.invalid(
          type,
          name,
          List.of(
              new Cause(
                  "FieldValueRequired",
                  "metadata.name",
                  "Required value: name or generateName is required")));
    }
    if (!type.group().equals(RBAC) && (!NAME.matcher(name).matches() || name.length() > 253)) {
      String message =
          "Invalid value: \"%s\": a lowercase RFC 1123 subdomain must consist of lower case"
              + " alphanumeric characters, '-' or '.', and must start and end with an alphanumeric"
              + " character (e.g. 'example.com', regex used for validation is '%s')";
      throw StatusException.invalid(
          type,
          name,
          List.of(new Cause("FieldValueInvalid", "metadata.name", message.formatted(name, NAME))));
    }
  }

  /**
   * Validates the metadata of an update.
   *
   * @throws StatusException 400 if it names another object, 409 if its UID or version is stale
   */
  static void checkReplaces(ResourceType type, ObjectNode current, ObjectNode next) {
    requireKind(next, type);
    String name = Json.text(current, "metadata", "name");
    same("name", Json.text(next, "metadata", "name"), name);
    same(
        "namespace",
        Json.text(next, "metadata", "namespace"),
        Json.text(current, "metadata", "namespace"));
    String uid = Json.text(next, "metadata", "uid");
    if (!uid.isEmpty() && !uid.equals(Json.text(current, "metadata", "uid"))) {
      throw StatusException.conflict(
          type,
          name,
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, Json.text(current, "metadata", "uid")));
    }
    String version = Json.text(next, "metadata", "resourceVersion");
    if (!version.isEmpty() && !version.equals(Json.text(current, "metadata", "resourceVersion"))) {
      throw StatusException.modified(type, name);
    }
  }

  private static void same(String what, String next, String current) {
    if (!next.isEmpty() && !next.equals(current)) {
      throw StatusException.badRequest(
          "the %s of the object (%s) does not match the %s on the URL (%s)"
              .formatted(what, next, what, current));
    }
  }

  /** Restores the fields that clients cannot change. */
  static void keepSystemFields(ObjectNode current, ObjectNode next) {
    for (String field :
        List.of(
            "name",
            "namespace",
            "uid",
            "resourceVersion",
            "creationTimestamp",
            "generation",
            "deletionTimestamp",
            "deletionGracePeriodSeconds")) {
      Json.set(Json.metadata(next), field, current.path("metadata").path(field));
    }
  }

  /** Rejects new finalizers of an object that is being deleted. */
  static void checkFinalizers(ResourceType type, ObjectNode current, ObjectNode next) {
    if (deleting(current)) {
      List<String> added = finalizers(next);
      added.removeAll(finalizers(current));
      if (!added.isEmpty()) {
        String message =
            "Forbidden: no new finalizers can be added if the object is being deleted, found new"
                + " finalizers []string{\"%s\"}";
        throw StatusException.invalid(
            type,
            Json.text(current, "metadata", "name"),
            List.of(
                new Cause(
                    "FieldValueForbidden",
                    "metadata.finalizers",
                    message.formatted(String.join("\", \"", added)))));
      }
    }
  }

  static boolean deleting(ObjectNode object) {
    return object.path("metadata").has("deletionTimestamp");
  }

  static List<String> finalizers(ObjectNode object) {
    List<String> finalizers = new ArrayList<>();
    object.path("metadata").path("finalizers").forEach(item -> finalizers.add(item.asText()));
    return finalizers;
  }

  /** Marks an object as being deleted until its finalizers are gone. */
  static ObjectNode markDeleted(ObjectNode current, Instant now) {
    ObjectNode marked = current.deepCopy();
    ObjectNode metadata = Json.metadata(marked);
    metadata.put("deletionTimestamp", seconds(now)).put("deletionGracePeriodSeconds", 0);
    incrementGeneration(marked);
    return marked;
  }

  /** Increments the generation. */
  static void incrementGeneration(ObjectNode object) {
    ObjectNode metadata = Json.metadata(object);
    if (metadata.has("generation")) {
      metadata.put("generation", metadata.path("generation").asLong() + 1);
    }
  }

  private static String seconds(Instant now) {
    return now.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
