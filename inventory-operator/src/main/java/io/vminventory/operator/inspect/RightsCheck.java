package io.vminventory.operator.inspect;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.CheckResult;
import io.vminventory.operator.inspect.Right.Place;
import io.vminventory.operator.inspect.Right.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Check of the operator's rights by access reviews for the client's account. */
final class RightsCheck {

  private final KubernetesClient client;
  private final Scope scope;

  RightsCheck(KubernetesClient client, Scope scope) {
    this.client = client;
    this.scope = scope;
  }

  /** One result for each right that is needed. Throws what the client throws. */
  List<CheckResult> check() {
    return Right.ALL.stream()
        .filter(right -> !right.places(scope).isEmpty())
        .map(this::check)
        .toList();
  }

  private CheckResult check(Right right) {
    Map<Place, List<String>> refused = new LinkedHashMap<>();
    for (Place place : right.places(scope)) {
      List<String> verbs =
          right.verbs().stream().filter(verb -> !allowed(right, verb, place)).toList();
      if (!verbs.isEmpty()) {
        refused.put(place, verbs);
      }
    }
    return result(right, scope, refused);
  }

  /**
   * The result for one right.
   *
   * @param refused the verbs that are refused, by place; none is empty
   */
  static CheckResult result(Right right, Scope scope, Map<Place, List<String>> refused) {
    if (refused.isEmpty()) {
      String places =
          right.places(scope).stream().map(Place::words).collect(Collectors.joining(" and "));
      return CheckResult.ok(right.name(), String.join(", ", right.verbs()) + " " + places);
    }
    String details =
        refused.entrySet().stream()
            .map(each -> String.join(", ", each.getValue()) + " " + each.getKey().words())
            .collect(Collectors.joining("; "));
    return CheckResult.failed(right.name(), "refused: " + details, right.remedy(scope));
  }

  private boolean allowed(Right right, String verb, Place place) {
    String[] resource = right.resource().split("/", 2);
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withGroup(right.group())
            .withResource(resource[0])
            .withSubresource(resource.length > 1 ? resource[1] : "")
            .withVerb(verb)
            .withNamespace(place.namespace())
            .withName(place.name())
            .endResourceAttributes()
            .endSpec()
            .build();
    return client
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(review)
        .getStatus()
        .getAllowed();
  }
}
