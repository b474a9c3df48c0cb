package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dispatcher from the mock web server to the API.
 *
 * <p>It replaces kubernetes-server-mock's own CRUD dispatcher, which searches all objects for each
 * request, has no history from which a watch can start, matches watches by equality of labels only,
 * and accepts stale status updates.
 */
final class ApiDispatcher extends Dispatcher {

  private static final Set<String> HEALTH = Set.of("/livez", "/readyz", "/healthz");

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final ResourceApi api;
  private final WatchStreams streams;
  private final Faults faults;
  private final Access access;
  private final Reviews reviews;
  private final Runnable afterEach;

  /**
   * @param streams serve watches over plain HTTP, by redirect
   * @param afterEach runs after each response
   */
  ApiDispatcher(
      ResourceApi api, WatchStreams streams, Faults faults, Access access, Runnable afterEach) {
    this.api = api;
    this.streams = streams;
    this.afterEach = afterEach;
    this.faults = faults;
    this.access = access;
    this.reviews = new Reviews(access);
  }

  /** The number of requests so far. */
  RequestCounts counts() {
    return new RequestCounts(counts);
  }

  @Override
  public MockResponse dispatch(RecordedRequest recorded) {
    try {
      return respond(recorded);
    } catch (StatusException e) {
      return json(e.code(), e.toStatus());
    } finally {
      afterEach.run();
    }
  }

  private MockResponse respond(RecordedRequest recorded) {
    String path = recorded.getPath().split("\\?", 2)[0];
    if (HEALTH.contains(path)) {
      return new MockResponse().setResponseCode(200).setBody("ok");
    }
    Optional<JsonNode> document =
        recorded.getMethod().equals("GET") ? document(path) : Optional.empty();
    if (document.isPresent()) {
      return json(200, document.get());
    }
    Optional<ApiRequest> request =
        ApiRequest.read(
            recorded.getMethod(),
            recorded.getPath(),
            new ApiRequest.Headers(
                header(recorded, "Accept"),
                header(recorded, "Content-Type"),
                header(recorded, "User-Agent")),
            body(recorded));
    if (request.isEmpty()) {
      return new MockResponse().setResponseCode(404).setBody("404 page not found\n");
    }
    return respond(request.get(), recorded);
  }

  private Optional<JsonNode> document(String path) {
    List<ResourceType> types = api.types();
    return new Discovery(types)
        .document(path)
        .or(() -> new OpenApi(types).document(path))
        .map(JsonNode.class::cast);
  }

  private static String body(RecordedRequest recorded) {
    return ProtobufBody.is(header(recorded, "Content-Type"))
        ? ProtobufBody.read(recorded.getBody().getBytes()).toString()
        : recorded.getBody().readUtf8();
  }

  private static String header(RecordedRequest recorded, String name) {
    return Objects.requireNonNullElse(recorded.getHeader(name), "");
  }

  private MockResponse respond(ApiRequest request, RecordedRequest recorded) {
    counts.merge(request.verb() + " " + request.target(), 1, Integer::sum);
    Optional<Fault> fault = faults.take(request);
    MockResponse response =
        fault.flatMap(Fault::code).isPresent()
            ? faultResponse(fault.get())
            : handle(request, recorded);
    Duration delay = fault.map(Fault::delay).orElse(Duration.ZERO);
    return delay.isZero() ? response : response.setBodyDelay(delay);
  }

  private static MockResponse faultResponse(Fault fault) {
    StatusException statusException = fault.statusException();
    MockResponse response = json(statusException.code(), statusException.toStatus());
    fault
        .retryAfter()
        .ifPresent(wait -> response.setHeader("Retry-After", Long.toString(wait.toSeconds())));
    return response;
  }

  private MockResponse handle(ApiRequest request, RecordedRequest recorded) {
    access.check(request);
    if (request.verb().equals("watch")) {
      return header(recorded, "Upgrade").equalsIgnoreCase("websocket")
          ? new MockResponse().withWebSocketUpgrade(new WatchSocket(api, request))
          : new MockResponse()
              .setResponseCode(307)
              .setHeader("Location", streams.url(recorded.getPath()));
    }
    ApiResponse response = reviews.review(request).orElseGet(() -> api.handle(request));
    return json(response.code(), response.body());
  }

  private static MockResponse json(int code, JsonNode body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(body.toString());
  }
}
