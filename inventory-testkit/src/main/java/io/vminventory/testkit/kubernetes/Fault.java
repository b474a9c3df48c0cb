package io.vminventory.testkit.kubernetes;

import java.time.Duration;
import java.util.Optional;

/**
 * Fault of some of the next requests. Immutable; without further conditions it applies to the next
 * request of any kind.
 *
 * <pre>{@code
 * kubernetes.faults().inject(Fault.status(503).verb("create").resource("vms").times(3));
 * kubernetes.faults().inject(Fault.status(429).retryAfter(Duration.ofSeconds(1)).resource("vms"));
 * kubernetes.faults().inject(Fault.delay(Duration.ofMillis(300)).resource("vms").name("web-1"));
 * }</pre>
 *
 * @param code the HTTP status of the response; empty to process the request
 * @param delay of the response
 * @param retryAfter the {@code Retry-After} header, in whole seconds
 * @param verb applies to this verb only, as in RBAC; empty for any
 * @param resource applies to this resource only, such as {@code vms} or {@code vms/status}; empty
 *     for any
 * @param name applies to the object of this name only; empty for any
 * @param times the number of requests it applies to
 */
public record Fault(
    Optional<Integer> code,
    Duration delay,
    Optional<Duration> retryAfter,
    String verb,
    String resource,
    String name,
    int times) {

  /** The request is not processed; the response has this status, such as 409, 429, 500 or 503. */
  public static Fault status(int code) {
    return new Fault(Optional.of(code), Duration.ZERO, Optional.empty(), "", "", "", 1);
  }

  /** The request is processed at once, but its response is late. */
  public static Fault delay(Duration delay) {
    return new Fault(Optional.empty(), delay, Optional.empty(), "", "", "", 1);
  }

  public Fault retryAfter(Duration wait) {
    return new Fault(code, delay, Optional.of(wait), verb, resource, name, times);
  }

  public Fault verb(String onlyVerb) {
    return new Fault(code, delay, retryAfter, onlyVerb, resource, name, times);
  }

  public Fault resource(String onlyResource) {
    return new Fault(code, delay, retryAfter, verb, onlyResource, name, times);
  }

  public Fault name(String onlyName) {
    return new Fault(code, delay, retryAfter, verb, resource, onlyName, times);
  }

  public Fault times(int count) {
    return new Fault(code, delay, retryAfter, verb, resource, name, count);
  }

  boolean matches(ApiRequest request) {
    return (verb.isEmpty() || verb.equals(request.verb()))
        && (resource.isEmpty() || resource.equals(request.target()))
        && (name.isEmpty() || name.equals(nameOf(request)));
  }

  private static String nameOf(ApiRequest request) {
    return request.verb().equals("create")
        ? Json.text(Json.parse(request.body(), false), "metadata", "name")
        : request.name();
  }

  StatusException statusException() {
    int status = code.orElseThrow();
    String reason =
        switch (status) {
          case 401 -> "Unauthorized";
          case 403 -> "Forbidden";
          case 404 -> "NotFound";
          case 409 -> "Conflict";
          case 410 -> "Expired";
          case 422 -> "Invalid";
          case 429 -> "TooManyRequests";
          case 503 -> "ServiceUnavailable";
          case 504 -> "Timeout";
          default -> "InternalError";
        };
    return StatusException.of(status, reason, "injected fault");
  }
}
