package io.vminventory.testkit.kubernetes;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Request counts of a server at one moment. Immutable: take one before and one after, and subtract.
 *
 * <pre>{@code
 * RequestCounts before = kubernetes.requests();
 * readAgain();
 * assertThat(kubernetes.requests().since(before).writes("vms")).isZero();
 * }</pre>
 *
 * @param byVerbAndResource such as {@code create vms} or {@code patch tenants/status}; the verbs
 *     are those of RBAC: get, list, watch, create, update, patch, delete, deletecollection
 */
public record RequestCounts(Map<String, Integer> byVerbAndResource) {

  private static final Set<String> READS = Set.of("get", "list", "watch");

  public RequestCounts {
    byVerbAndResource = Collections.unmodifiableMap(new TreeMap<>(byVerbAndResource));
  }

  /**
   * The number of requests with this verb.
   *
   * @param resource such as {@code vms} or {@code vms/status}
   */
  public int of(String verb, String resource) {
    return byVerbAndResource.getOrDefault(verb + " " + resource, 0);
  }

  /** The number of requests that can change objects of this resource, subresources included. */
  public int writes(String resource) {
    return sum(false, resource);
  }

  /** The number of requests that only read objects of this resource. */
  public int reads(String resource) {
    return sum(true, resource);
  }

  private int sum(boolean reads, String resource) {
    int sum = 0;
    for (Map.Entry<String, Integer> entry : byVerbAndResource.entrySet()) {
      String[] verbAndResource = entry.getKey().split(" ", 2);
      String plural = verbAndResource[1].split("/", 2)[0];
      if (plural.equals(resource) && READS.contains(verbAndResource[0]) == reads) {
        sum += entry.getValue();
      }
    }
    return sum;
  }

  /** The counts since an earlier moment. */
  public RequestCounts since(RequestCounts earlier) {
    Map<String, Integer> difference = new TreeMap<>(byVerbAndResource);
    earlier.byVerbAndResource.forEach(
        (kind, count) -> difference.merge(kind, -count, Integer::sum));
    difference.values().removeIf(count -> count == 0);
    return new RequestCounts(difference);
  }
}
