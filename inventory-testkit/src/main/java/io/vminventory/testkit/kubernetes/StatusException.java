package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Rejection of a request, with the {@code Status} of a real API server. */
final class StatusException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int code;
  private final String reason;
  private final transient ObjectNode details;

  private StatusException(int code, String reason, String message, ObjectNode details) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** Cause: one violation of one field. */
  record Cause(String reason, String field, String message) {}

  static StatusException of(int code, String reason, String message) {
    return new StatusException(code, reason, message, Json.object());
  }

  static StatusException badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  static StatusException notFound(ResourceType type, String name) {
    return about(404, "NotFound", type, name, "not found");
  }

  static StatusException alreadyExists(ResourceType type, String name) {
    return about(409, "AlreadyExists", type, name, "already exists");
  }

  static StatusException modified(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  static StatusException conflict(ResourceType type, String name, String why) {
    return new StatusException(
        409,
        "Conflict",
        "Operation cannot be fulfilled on %s \"%s\": %s".formatted(type.resource(), name, why),
        details(name, type.group(), type.names().plural()));
  }

  static StatusException invalid(ResourceType type, String name, List<Cause> causes) {
    String kind = type.names().kind();
    ObjectNode details = details(name, type.group(), kind);
    add(details, causes);
    List<String> problems =
        causes.stream().map(cause -> cause.field() + ": " + cause.message()).toList();
    return new StatusException(
        422,
        "Invalid",
        "%s \"%s\" is invalid: %s"
            .formatted(
                type.group().isEmpty() ? kind : kind + "." + type.group(),
                name,
                problems.size() == 1 ? problems.get(0) : problems.toString()),
        details);
  }

  static StatusException applyConflict(String message, List<Cause> causes) {
    ObjectNode details = Json.object();
    add(details, causes);
    return new StatusException(409, "Conflict", message, details);
  }

  private static StatusException about(
      int code, String reason, ResourceType type, String name, String what) {
    return new StatusException(
        code,
        reason,
        "%s \"%s\" %s".formatted(type.resource(), name, what),
        details(name, type.group(), type.names().plural()));
  }

  private static ObjectNode details(String name, String group, String kind) {
    ObjectNode details = Json.object();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    return details.put("kind", kind);
  }

  private static void add(ObjectNode details, List<Cause> causes) {
    ArrayNode list = details.putArray("causes");
    for (Cause cause : causes) {
      list.addObject()
          .put("reason", cause.reason())
          .put("message", cause.message())
          .put("field", cause.field());
    }
  }

  int code() {
    return code;
  }

  /** The {@code Status} of the response. */
  ObjectNode toStatus() {
    ObjectNode status = Json.typed("v1", "Status");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
    if (!details.isEmpty()) {
      status.set("details", details);
    }
    return status.put("code", code);
  }
}
