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
 * Takes what the mock web server received to whoever answers it, and back.
 *
 * <p>It stands in the place of kubernetes-server-mock's own CRUD dispatcher, which cannot be built
 * upon: it looks through all objects for each request, keeps no history for a watch to begin from,
 * matches watches by equality of labels only, and lets stale status updates pass.
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
   * @param streams where watches over plain HTTP are redirected to
   * @param afterEach runs when a request is answered
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

  /** How many requests there were so far. */
  RequestCounts counts() {
    return new RequestCounts(counts);
  }

  @Override
  public MockResponse dispatch(RecordedRequest recorded) {
    try {
      return answer(recorded);
    } catch (StatusException e) {
      return json(e.code(), e.toStatus());
    } finally {
      afterEach.run();
    }
  }

  private MockResponse answer(RecordedRequest recorded) {
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
    return answer(request.get(), recorded);
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

  private MockResponse answer(ApiRequest request, RecordedRequest recorded) {
    counts.merge(request.verb() + " " + request.target(), 1, Integer::sum);
    Optional<Fault> fault = faults.hit(request);
    MockResponse response =
        fault.flatMap(Fault::code).isPresent() ? refuse(fault.get()) : obey(request, recorded);
    Duration delay = fault.map(Fault::delay).orElse(Duration.ZERO);
    return delay.isZero() ? response : response.setBodyDelay(delay);
  }

  private static MockResponse refuse(Fault fault) {
    StatusException refusal = fault.refusal();
    MockResponse response = json(refusal.code(), refusal.toStatus());
    fault
        .retryAfter()
        .ifPresent(wait -> response.setHeader("Retry-After", Long.toString(wait.toSeconds())));
    return response;
  }

  private MockResponse obey(ApiRequest request, RecordedRequest recorded) {
    access.check(request);
    if (request.verb().equals("watch")) {
      return header(recorded, "Upgrade").equalsIgnoreCase("websocket")
          ? new MockResponse().withWebSocketUpgrade(new WatchSocket(api, request))
          : new MockResponse()
              .setResponseCode(307)
              .setHeader("Location", streams.url(recorded.getPath()));
    }
    ApiResponse answer = reviews.answer(request).orElseGet(() -> api.handle(request));
    return json(answer.code(), answer.body());
  }

  private static MockResponse json(int code, JsonNode body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(body.toString());
  }
}
