package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Access reviews of clients, which are not stored. */
final class Reviews {

  private static final List<String> ALL = List.of("*");

  private final Access access;

  Reviews(Access access) {
    this.access = access;
  }

  /** The response to a review; empty if the request is not one. */
  Optional<ApiResponse> review(ApiRequest request) {
    if (!request.group().equals("authorization.k8s.io") || !request.verb().equals("create")) {
      return Optional.empty();
    }
    if (!(Json.parse(request.body(), false) instanceof ObjectNode review)) {
      throw StatusException.badRequest("the body is not a review");
    }
    ObjectNode status = review.putObject("status");
    if (request.plural().equals("selfsubjectrulesreviews")) {
      ObjectNode resources = status.putArray("resourceRules").addObject();
      resources.set("verbs", Json.array(ALL));
      resources.set("apiGroups", Json.array(ALL));
      resources.set("resources", Json.array(ALL));
      ObjectNode others = status.putArray("nonResourceRules").addObject();
      others.set("verbs", Json.array(ALL));
      others.set("nonResourceURLs", Json.array(ALL));
      status.put("incomplete", false);
    } else {
      status.put("allowed", allows(review.path("spec").path("resourceAttributes")));
    }
    return Optional.of(ApiResponse.created(review));
  }

  private boolean allows(JsonNode attributes) {
    String resource = attributes.path("resource").asText();
    String subresource = attributes.path("subresource").asText();
    return access.allows(
        attributes.path("verb").asText(),
        subresource.isEmpty() ? resource : resource + "/" + subresource);
  }
}
