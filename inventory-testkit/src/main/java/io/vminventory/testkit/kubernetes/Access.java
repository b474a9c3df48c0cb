package io.vminventory.testkit.kubernetes;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Permissions of all clients; everything is allowed at first. Clients are indistinguishable, so a
 * denied request is denied to the test's own client, too. Thread-safe.
 *
 * <pre>{@code
 * kubernetes.access().deny("patch", "tenants/status");
 * }</pre>
 */
public final class Access {

  private final Set<String> denied = ConcurrentHashMap.newKeySet();

  Access() {}

  /**
   * Rejects such requests with 403, and denies them in access reviews.
   *
   * @param verb as in RBAC, such as {@code list}
   * @param resource such as {@code vms} or {@code tenants/status}
   */
  public void deny(String verb, String resource) {
    denied.add(verb + " " + resource);
  }

  /** Allows everything again. */
  public void allowAll() {
    denied.clear();
  }

  boolean allows(String verb, String resource) {
    return !denied.contains(verb + " " + resource);
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
