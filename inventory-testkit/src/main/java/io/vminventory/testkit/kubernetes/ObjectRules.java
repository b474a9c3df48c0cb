package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vminventory.testkit.kubernetes.FieldOwnership.Writer;
import io.vminventory.testkit.kubernetes.StatusException.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Rules that turn the body of a create or update into the object to store. Does not change stored
 * objects.
 */
final class ObjectRules {

  private ObjectRules() {}

  /**
   * The object to store for the body of a create.
   *
   * @param updater the owner of all its fields; empty if ownership is already written
   * @throws StatusException if the body is rejected
   */
  static ObjectNode create(
      ResourceType type,
      String namespace,
      ObjectNode body,
      Optional<Writer> updater,
      boolean strict,
      Instant now) {
    ObjectNode object = body.deepCopy();
    ObjectMetadata.initialize(object, type, namespace, now);
    if (type.hasStatus()) {
      object.remove("status");
    }
    BuiltInRules.complete(type, object, now);
    validate(type, object, MissingNode.getInstance(), strict);
    updater.ifPresent(
        writer -> {
          Json.metadata(object).remove("managedFields");
          updateOwnership(type, writer, Json.typed(type.apiVersion(), type.names().kind()), object);
        });
    return object;
  }

  /**
   * The object to store for the body of an update; equal to {@code current} if nothing changes.
   *
   * @param status whether the body came through the status subresource
   * @param updater the owner of the changed fields; empty if ownership is already written
   * @throws StatusException if the body is rejected
   */
  static ObjectNode replace(
      ResourceType type,
      ObjectNode current,
      ObjectNode body,
      boolean status,
      Optional<Writer> updater,
      boolean strict,
      Instant now) {
    ObjectMetadata.checkReplaces(type, current, body);
    ObjectNode next = status ? current.deepCopy() : body.deepCopy();
    Json.metadata(next);
    if (status) {
      Json.set(next, "status", body.path("status"));
    } else if (type.hasStatus()) {
      Json.set(next, "status", current.path("status"));
    }
    JsonNode ownership = body.path("metadata").path("managedFields");
    Json.set(
        Json.metadata(next),
        "managedFields",
        ownership.isEmpty() ? current.path("metadata").path("managedFields") : ownership);
    ObjectMetadata.keepSystemFields(current, next);
    BuiltInRules.complete(type, next, now);
    validate(type, next, current, strict);
    ObjectMetadata.checkFinalizers(type, current, next);
    if (!desiredState(type, current).equals(desiredState(type, next))) {
      ObjectMetadata.incrementGeneration(next);
    }
    updater.ifPresent(writer -> updateOwnership(type, writer, current, next));
    return next;
  }

  /** Prunes, sets defaults and validates. */
  private static void validate(ResourceType type, ObjectNode object, JsonNode old, boolean strict) {
    if (!type.custom()) {
      return;
    }
    List<String> unknown = SchemaPruning.prune(type.schema(), object);
    if (strict && !unknown.isEmpty()) {
      String fields = String.join("\", unknown field \"", unknown);
      throw StatusException.badRequest("strict decoding error: unknown field \"" + fields + '"');
    }
    List<Cause> causes = SchemaValidation.check(type.schema(), object, old);
    if (!causes.isEmpty()) {
      throw StatusException.invalid(type, Json.text(object, "metadata", "name"), causes);
    }
  }

  private static ObjectNode desiredState(ResourceType type, ObjectNode object) {
    ObjectNode desiredState = object.deepCopy();
    desiredState.remove("metadata");
    if (type.hasStatus()) {
      desiredState.remove("status");
    }
    return desiredState;
  }

  private static void updateOwnership(
      ResourceType type, Writer writer, ObjectNode before, ObjectNode after) {
    FieldOwnership ownership = FieldOwnership.of(after);
    ownership.update(writer, before, after, ObjectMetadata.withMetadata(type.schema()));
    ownership.writeTo(after);
  }
}
