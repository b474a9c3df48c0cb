package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/** Bodies of patch requests. */
final class Patches {

  private Patches() {}

  /**
   * The object after a JSON patch or a merge patch. A strategic merge patch is applied as a merge
   * patch, which is equivalent unless it touches a list.
   *
   * @throws StatusException if the patch does not apply
   */
  static ObjectNode patched(ApiRequest request, ObjectNode current) {
    JsonNode patch = Json.parse(request.body(), false);
    JsonNode patched;
    if (request.headers().contentType().contains("json-patch")) {
      try {
        patched = JsonPatch.apply(patch, current.deepCopy());
      } catch (JsonPatchException e) {
        throw StatusException.of(
            422, "Invalid", "the server rejected our request: " + e.getMessage());
      }
    } else {
      patched = MergePatch.apply(current, patch);
    }
    if (patched instanceof ObjectNode object) {
      return object;
    }
    throw StatusException.badRequest("the patch does not leave an object");
  }

  /**
   * The applied configuration in the body of a server-side apply: only the status through the
   * status subresource, otherwise everything but the status.
   *
   * @throws StatusException if the request is incomplete
   */
  static ObjectNode configuration(ApiRequest request, ResourceType type, ObjectNode body) {
    if (!body.path("metadata").path("managedFields").isEmpty()) {
      throw StatusException.badRequest("metadata.managedFields must be nil");
    }
    if (!Json.text(body, "metadata", "name").equals(request.name())) {
      throw StatusException.badRequest(
          "the name of the object (%s based on URL) was undeterminable: name must be provided"
              .formatted(request.name()));
    }
    if (request.parameter("fieldManager").isEmpty()) {
      throw StatusException.of(
          422,
          "Invalid",
          "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for"
              + " apply patch");
    }
    ObjectNode configuration = body.deepCopy();
    if (request.status()) {
      configuration.retain("apiVersion", "kind", "metadata", "status");
      Json.metadata(configuration).retain("name", "namespace", "resourceVersion", "uid");
    } else if (type.hasStatus()) {
      configuration.remove("status");
    }
    return configuration;
  }
}
