package io.vminventory.testkit.kubernetes;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Request about objects, parsed from its path and query.
 *
 * @param verb as in RBAC: get, list, watch, create, update, patch, delete, deletecollection
 * @param group the API group, empty for the core group
 * @param version of the API group
 * @param namespace empty for cluster-scoped objects and for all namespaces
 * @param plural the resource, such as {@code secrets}
 * @param name empty for a collection
 * @param subresource empty for the object itself
 * @param query decoded parameters
 * @param headers the relevant headers
 * @param body empty if there is none
 */
record ApiRequest(
    String verb,
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource,
    Map<String, String> query,
    Headers headers,
    String body) {

  /** The relevant headers, empty if absent. */
  record Headers(String accept, String contentType, String userAgent) {}

  /** Parses a request; empty if the path is not about objects. */
  static Optional<ApiRequest> read(String method, String target, Headers headers, String body) {
    int mark = target.indexOf('?');
    List<String> path = segments(mark < 0 ? target : target.substring(0, mark));
    Map<String, String> query = mark < 0 ? Map.of() : query(target.substring(mark + 1));
    boolean core = !path.isEmpty() && path.get(0).equals("api");
    int start = core ? 2 : 3;
    if (path.size() <= start || !(core || path.get(0).equals("apis"))) {
      return Optional.empty();
    }
    List<String> rest = new ArrayList<>(path.subList(start, path.size()));
    String namespace = "";
    if (rest.size() > 2 && rest.get(0).equals("namespaces") && !ofNamespaceItself(rest.get(2))) {
      namespace = rest.get(1);
      rest = rest.subList(2, rest.size());
    }
    if (rest.size() > 3) {
      return Optional.empty();
    }
    String name = rest.size() > 1 ? rest.get(1) : "";
    return Optional.of(
        new ApiRequest(
            verb(method, !name.isEmpty(), query),
            core ? "" : path.get(1),
            path.get(start - 1),
            namespace,
            rest.get(0),
            name,
            rest.size() > 2 ? rest.get(2) : "",
            query,
            headers,
            body));
  }

  private static boolean ofNamespaceItself(String subresource) {
    return subresource.equals("status") || subresource.equals("finalize");
  }

  private static String verb(String method, boolean named, Map<String, String> query) {
    return switch (method) {
      case "POST" -> "create";
      case "PUT" -> "update";
      case "PATCH" -> "patch";
      case "DELETE" -> named ? "delete" : "deletecollection";
      default -> {
        if (isTrue(query.get("watch"))) {
          yield "watch";
        }
        yield named ? "get" : "list";
      }
    };
  }

  private static boolean isTrue(@Nullable String value) {
    return "true".equals(value) || "1".equals(value);
  }

  private static List<String> segments(String path) {
    return Arrays.stream(path.split("/", -1))
        .filter(segment -> !segment.isEmpty())
        .map(ApiRequest::decode)
        .toList();
  }

  private static Map<String, String> query(String text) {
    Map<String, String> query = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      query.put(
          decode(equals < 0 ? pair : pair.substring(0, equals)),
          equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
    return query;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** A query parameter, {@code ""} if absent. */
  String parameter(String parameter) {
    return query.getOrDefault(parameter, "");
  }

  boolean flag(String parameter) {
    return isTrue(query.get(parameter));
  }

  boolean dryRun() {
    return query.containsKey("dryRun");
  }

  boolean status() {
    return subresource.equals("status");
  }

  /** The field manager: the parameter, or else the first word of the user agent. */
  String fieldManager() {
    String manager = parameter("fieldManager");
    return manager.isEmpty() ? headers.userAgent().split("/", 2)[0] : manager;
  }

  /** The resource and subresource, such as {@code vms/status}. */
  String target() {
    return subresource.isEmpty() ? plural : plural + "/" + subresource;
  }
}
