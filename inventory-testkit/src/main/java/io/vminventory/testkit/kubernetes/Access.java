package io.vminventory.testkit.kubernetes;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What clients may not do; at first they may do everything. Nobody is told from another, so what is
 * refused is refused to the test's own client too, until it is allowed again. Thread-safe.
 *
 * <pre>{@code
 * kubernetes.access().deny("patch", "tenants/status");
 * }</pre>
 */
public final class Access {

  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  Access() {}

  /**
   * Answers such requests with 403, and reviews of that right with no.
   *
   * @param verb as RBAC calls it, such as {@code list}
   * @param resource such as {@code vms} or {@code tenants/status}
   */
  public void deny(String verb, String resource) {
    refused.add(verb + " " + resource);
  }

  /** Allows everything again. */
  public void allowAll() {
    refused.clear();
  }

  boolean allows(String verb, String resource) {
    return !refused.contains(verb + " " + resource);
  }

  void check(ApiRequest request) {
    if (!allows(request.verb(), request.target())) {
      String group = request.group().isEmpty() ? "" : "." + request.group();
      throw StatusException.of(
          403,
          "Forbidden",
          "%s%s is forbidden: cannot %s resource \"%s\""
              .formatted(request.plural(), group, request.verb(), request.target()));
    }
  }
}
