package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Preconditions and response of a delete. */
final class Preconditions {

  private Preconditions() {}

  /**
   * Checks the preconditions in the delete options.
   *
   * @throws StatusException 409 if UID or version differ
   */
  static void check(ResourceType type, ObjectNode current, String deleteOptions) {
    if (deleteOptions.isBlank()) {
      return;
    }
    JsonNode wanted = Json.parse(deleteOptions, false).path("preconditions");
    String name = Json.text(current, "metadata", "name");
    String uid = Json.text(current, "metadata", "uid");
    if (wanted.hasNonNull("uid") && !Json.text(wanted, "uid").equals(uid)) {
      String why =
          "the UID in the precondition (%s) does not match the UID in record (%s). The object might"
              + " have been deleted and then recreated";
      throw StatusException.conflict(type, name, why.formatted(Json.text(wanted, "uid"), uid));
    }
    String version = Json.text(current, "metadata", "resourceVersion");
    if (wanted.hasNonNull("resourceVersion")
        && !Json.text(wanted, "resourceVersion").equals(version)) {
      String why =
          "the ResourceVersion in the precondition (%s) does not match the ResourceVersion in"
              + " record (%s). The object might have been modified";
      throw StatusException.conflict(
          type, name, why.formatted(Json.text(wanted, "resourceVersion"), version));
    }
  }

  /** The response for a deleted object. */
  static ObjectNode deleted(ResourceType type, ObjectNode object) {
    ObjectNode status = Json.typed("v1", "Status");
    status.putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = status.putObject("details");
    details.put("name", Json.text(object, "metadata", "name"));
    if (!type.group().isEmpty()) {
      details.put("group", type.group());
    }
    details.put("kind", type.names().plural());
    details.put("uid", Json.text(object, "metadata", "uid"));
    return status;
  }
}
