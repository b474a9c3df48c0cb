package io.vminventory.testkit.relay;

/**
 * Request line of an HTTP request, by which a fault selects it.
 *
 * @param method such as {@code POST}
 * @param target the path with its query, such as {@code /api/v1/pods?watch=true}
 */
public record RelayRequest(String method, String target) {

  /** The target without its query. */
  public String path() {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }
}
