package io.vminventory.operator.inspect;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Asks the API server for each right of the operator whether whoever asks has it. */
final class RightsCheck {

  private final KubernetesClient client;
  private final Set<String> watched;

  /**
   * @param watched where Tenants are looked for; empty means everywhere
   */
  RightsCheck(KubernetesClient client, Set<String> watched) {
    this.client = client;
    this.watched = watched;
  }

  /** One finding for each right. Throws what the client throws. */
  List<Finding> check() {
    return Right.ALL.stream().map(this::check).toList();
  }

  private Finding check(Right right) {
    Map<String, List<String>> missing = new TreeMap<>();
    for (String namespace : new TreeSet<>(right.namespaces(watched))) {
      List<String> refused =
          right.verbs().stream().filter(verb -> !allowed(right, verb, namespace)).toList();
      if (!refused.isEmpty()) {
        missing.put(namespace, refused);
      }
    }
    return finding(right, new TreeSet<>(right.namespaces(watched)), missing);
  }

  /**
   * What is to be said of a right.
   *
   * @param asked the namespaces; the empty name means all at once
   * @param missing the verbs that are refused, by namespace; none is empty
   */
  static Finding finding(Right right, Set<String> asked, Map<String, List<String>> missing) {
    if (missing.isEmpty()) {
      return Finding.ok(
          right.name(), String.join(", ", right.verbs()) + " " + in(String.join(", ", asked)));
    }
    List<String> refused = new ArrayList<>();
    missing.forEach(
        (namespace, verbs) -> refused.add(String.join(", ", verbs) + " " + in(namespace)));
    String what = String.join("; ", refused);
    return Finding.failed(
        right.name(),
        "refused: " + what,
        "grant it, as deploy/rbac.yaml does: kubectl apply -f deploy/rbac.yaml");
  }

  private static String in(String namespace) {
    return namespace.isEmpty() ? "in all namespaces" : "in " + namespace;
  }

  private boolean allowed(Right right, String verb, String namespace) {
    String[] resource = right.resource().split("/", 2);
    SelfSubjectAccessReview review =
        new SelfSubjectAccessReviewBuilder()
            .withNewSpec()
            .withNewResourceAttributes()
            .withGroup(right.group())
            .withResource(resource[0])
            .withSubresource(resource.length > 1 ? resource[1] : "")
            .withVerb(verb)
            .withNamespace(namespace)
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
