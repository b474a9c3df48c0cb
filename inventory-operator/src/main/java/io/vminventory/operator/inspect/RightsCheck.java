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

/** Asks the API server for each right of the operator whether whoever asks has it. */
final class RightsCheck {

  private final KubernetesClient client;
  private final Scope scope;

  RightsCheck(KubernetesClient client, Scope scope) {
    this.client = client;
    this.scope = scope;
  }

  /** One finding for each right that is needed. Throws what the client throws. */
  List<CheckResult> check() {
    return Right.ALL.stream()
        .filter(right -> !right.places(scope).isEmpty())
        .map(this::check)
        .toList();
  }

  private CheckResult check(Right right) {
    Map<Place, List<String>> missing = new LinkedHashMap<>();
    for (Place place : right.places(scope)) {
      List<String> refused =
          right.verbs().stream().filter(verb -> !allowed(right, verb, place)).toList();
      if (!refused.isEmpty()) {
        missing.put(place, refused);
      }
    }
    return finding(right, scope, missing);
  }

  /**
   * What is to be said of a right.
   *
   * @param missing the verbs that are refused, by place; none is empty
   */
  static CheckResult finding(Right right, Scope scope, Map<Place, List<String>> missing) {
    if (missing.isEmpty()) {
      String places =
          right.places(scope).stream().map(Place::words).collect(Collectors.joining(" and "));
      return CheckResult.ok(right.name(), String.join(", ", right.verbs()) + " " + places);
    }
    String refused =
        missing.entrySet().stream()
            .map(each -> String.join(", ", each.getValue()) + " " + each.getKey().words())
            .collect(Collectors.joining("; "));
    return CheckResult.failed(right.name(), "refused: " + refused, right.remedy(scope));
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
