package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Takes what the mock web server received to whoever answers it, and back. */
final class ApiDispatcher extends Dispatcher {

  private static final Set<String> HEALTH = Set.of("/livez", "/readyz", "/healthz");

  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final ResourceApi api;
  private final Faults faults;

  ApiDispatcher(ResourceApi api, Faults faults) {
    this.api = api;
    this.faults = faults;
  }

  RequestCounts counts() {
    return new RequestCounts(counts);
  }

  @Override
  public MockResponse dispatch(RecordedRequest recorded) {
    try {
      return answer(recorded);
    } catch (StatusException e) {
      return json(e.code(), e.toStatus());
    }
  }

  private MockResponse answer(RecordedRequest recorded) {
    String path = recorded.getPath().split("\\?", 2)[0];
    if (HEALTH.contains(path)) {
      return new MockResponse().setResponseCode(200).setBody("ok");
    }
    Optional<JsonNode> document =
        recorded.getMethod().equals("GET")
            ? new Discovery(api.types()).document(path).map(JsonNode.class::cast)
            : Optional.empty();
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
            recorded.getBody().readUtf8());
    if (request.isEmpty()) {
      return new MockResponse().setResponseCode(404).setBody("404 page not found\n");
    }
    return answer(request.get(), header(recorded, "Upgrade").equalsIgnoreCase("websocket"));
  }

  private static String header(RecordedRequest recorded, String name) {
    return Objects.requireNonNullElse(recorded.getHeader(name), "");
  }

  private MockResponse answer(ApiRequest request, boolean upgrade) {
    counts.merge(request.verb() + " " + request.target(), 1, Integer::sum);
    Optional<Fault> fault = faults.hit(request);
    MockResponse response =
        fault.flatMap(Fault::code).isPresent() ? refuse(fault.get()) : obey(request, upgrade);
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

  private MockResponse obey(ApiRequest request, boolean upgrade) {
    if (request.verb().equals("watch") && upgrade) {
      return new MockResponse().withWebSocketUpgrade(new WatchSocket(api, request));
    }
    Answer answer = Reviews.answer(request).orElseGet(() -> api.handle(request));
    return json(answer.code(), answer.body());
  }

  private static MockResponse json(int code, JsonNode body) {
    return new MockResponse()
        .setResponseCode(code)
        .setHeader("Content-Type", "application/json")
        .setBody(body.toString());
  }
}
