package io.vminventory.operator.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * HTTP server of {@code /livez} and {@code /readyz}, with status 200 and {@code ok}, or 503 and one
 * line for each problem; and of {@code /metrics} in the text format of Prometheus.
 */
public final class HealthServer implements AutoCloseable {

  /** Limit, in seconds, for a client that sends half a request and holds a thread. */
  private static final String MAX_REQUEST_SECONDS = "5";

  private static final int THREADS = 4;

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService executor;

  /**
   * Starts the server.
   *
   * @param port 0 takes any free port
   * @param live why the process should be restarted; empty if it is healthy
   * @param ready why the process does not work now; empty if it does
   * @param metrics the response to a scrape
   * @throws IOException if the port is taken
   */
  public HealthServer(
      int port, Supplier<List<String>> live, Supplier<List<String>> ready, Supplier<String> metrics)
      throws IOException {
    if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
      System.setProperty("sun.net.httpserver.maxReqTime", MAX_REQUEST_SECONDS);
    }
    server = HttpServer.create(new InetSocketAddress(port), 0);
    executor =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "health");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(executor);
    server.createContext("/livez", exchange -> respond(exchange, live.get()));
    server.createContext("/readyz", exchange -> respond(exchange, ready.get()));
    server.createContext("/metrics", exchange -> send(exchange, 200, METRICS_TYPE, metrics.get()));
    server.start();
  }

  private static void respond(HttpExchange exchange, List<String> problems) throws IOException {
    String text = problems.isEmpty() ? "ok\n" : String.join("\n", problems) + "\n";
    send(exchange, problems.isEmpty() ? 200 : 503, "text/plain; charset=utf-8", text);
  }

  private static void send(HttpExchange exchange, int code, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
