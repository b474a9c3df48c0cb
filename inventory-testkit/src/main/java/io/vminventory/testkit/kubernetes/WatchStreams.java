package io.vminventory.testkit.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Watches over plain HTTP, which {@code kubectl} uses.
 *
 * <p>The mock web server can send whole bodies only, so it redirects watches here.
 */
final class WatchStreams implements AutoCloseable {

  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);
  private static final long HEARTBEAT_SECONDS = 2;
  private static final int MAX_UNREAD_EVENTS = 20_000;

  private final AtomicInteger threads = new AtomicInteger();
  private final ExecutorService executor = Executors.newCachedThreadPool(this::thread);
  private final ResourceApi api;
  private final HttpServer server;

  WatchStreams(ResourceApi api) {
    this.api = api;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on loopback", e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::serve);
    server.start();
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(task, "embedded-kubernetes-watch-" + threads.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** The URL here for a request target of the mock web server. */
  String url(String target) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + target;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      ApiRequest request =
          ApiRequest.read(
                  exchange.getRequestMethod(),
                  exchange.getRequestURI().toString(),
                  new ApiRequest.Headers(
                      Objects.requireNonNullElse(
                          exchange.getRequestHeaders().getFirst("Accept"), ""),
                      "",
                      ""),
                  "")
              .orElseThrow(() -> StatusException.badRequest("not a watch request"));
      stream(exchange, request);
    } catch (StatusException e) {
      byte[] body = e.toStatus().toString().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(e.code(), body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stream(HttpExchange exchange, ApiRequest request)
      throws IOException, InterruptedException {
    BlockingQueue<JsonNode> events = new ArrayBlockingQueue<>(MAX_UNREAD_EVENTS);
    AtomicBoolean overrun = new AtomicBoolean();
    Runnable watch = start(request, events, overrun);
    try {
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      String seconds = request.parameter("timeoutSeconds");
      Duration limit =
          seconds.isEmpty() ? DEFAULT_TIMEOUT : Duration.ofSeconds(Long.parseLong(seconds));
      copy(events, overrun, exchange.getResponseBody(), System.nanoTime() + limit.toNanos());
    } finally {
      api.unwatch(watch);
    }
  }

  private Runnable start(
      ApiRequest request, BlockingQueue<JsonNode> events, AtomicBoolean overrun) {
    try {
      return api.watch(
          request,
          event -> {
            if (!events.offer(event)) {
              overrun.set(true);
            }
          });
    } catch (StatusException e) {
      ObjectNode error = Json.object().put("type", "ERROR");
      error.set("object", e.toStatus());
      events.add(error);
      overrun.set(true);
      return () -> {};
    }
  }

  /** Copies events until the timeout, or until the client is gone or too slow. */
  private static void copy(
      BlockingQueue<JsonNode> events, AtomicBoolean overrun, OutputStream body, long deadline)
      throws IOException, InterruptedException {
    long left = deadline - System.nanoTime();
    while (left > 0 && !(overrun.get() && events.isEmpty())) {
      JsonNode event =
          events.poll(
              Math.min(left, TimeUnit.SECONDS.toNanos(HEARTBEAT_SECONDS)), TimeUnit.NANOSECONDS);
      // An empty line is ignored by clients, but fails if the client is gone.
      String line = event == null ? "\n" : event + "\n";
      body.write(line.getBytes(StandardCharsets.UTF_8));
      body.flush();
      left = deadline - System.nanoTime();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
