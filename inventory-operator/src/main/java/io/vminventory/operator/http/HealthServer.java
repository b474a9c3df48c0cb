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
 * Serves {@code /livez} and {@code /readyz}: 200 and {@code ok}, or 503 and a line for each reason;
 * and {@code /metrics} in the text format of Prometheus.
 */
public final class HealthServer implements AutoCloseable {

  /** A client that sends half a request may hold a thread this long, in seconds. */
  private static final String LONGEST_REQUEST = "5";

  private static final int THREADS = 4;

  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService executor;

  /**
   * Starts to listen.
   *
   * @param port 0 takes any free port
   * @param live why the process should be restarted; nothing if it is well
   * @param ready why it does not do its work now; nothing if it does
   * @param metrics the answer to a scrape
   * @throws IOException if the port is taken
   */
  public HealthServer(
      int port, Supplier<List<String>> live, Supplier<List<String>> ready, Supplier<String> metrics)
      throws IOException {
    if (System.getProperty("sun.net.httpserver.maxReqTime") == null) {
      System.setProperty("sun.net.httpserver.maxReqTime", LONGEST_REQUEST);
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
    server.createContext("/livez", exchange -> answer(exchange, live.get()));
    server.createContext("/readyz", exchange -> answer(exchange, ready.get()));
    server.createContext("/metrics", exchange -> send(exchange, 200, METRICS_TYPE, metrics.get()));
    server.start();
  }

  private static void answer(HttpExchange exchange, List<String> reasons) throws IOException {
    String text = reasons.isEmpty() ? "ok\n" : String.join("\n", reasons) + "\n";
    send(exchange, reasons.isEmpty() ? 200 : 503, "text/plain; charset=utf-8", text);
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
