package io.vminventory.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Recording proxy between the reader and a vCenter. Keeps the requests and the start of each
 * response. Serves HTTP on loopback, and connects to vCenter with TLS. Thread-safe.
 */
final class SoapRecorder implements AutoCloseable {

  /** Request headers that influence the response. */
  private static final List<String> FORWARDED_HEADERS =
      List.of("Content-Type", "SOAPAction", "User-Agent", "Accept-Encoding");

  private static final int MAX_RESPONSE_START = 4_096;

  /**
   * Request with its response.
   *
   * @param headers of the request, each terminated by CR LF
   * @param body of the request
   * @param responseStart the start of the response body
   * @param responseBytes the length of the response body
   */
  record Exchange(String headers, String body, String responseStart, long responseBytes) {}

  private final URI vcenter;
  private final HttpClient client;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Exchange> exchanges = new ArrayList<>(); // guarded by itself

  SoapRecorder(URI vcenter, SSLContext tls) throws IOException {
    this.vcenter = vcenter;
    this.client =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::forward);
    server.setExecutor(threads);
    server.start();
  }

  /** The URL for the reader. */
  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + vcenter.getRawPath());
  }

  /** All exchanges so far, in order. */
  List<Exchange> exchanges() {
    synchronized (exchanges) {
      return List.copyOf(exchanges);
    }
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(vcenter).POST(HttpRequest.BodyPublishers.ofByteArray(body));
      StringBuilder headers = new StringBuilder();
      for (String name : FORWARDED_HEADERS) {
        String value = exchange.getRequestHeaders().getFirst(name);
        if (value != null) {
          request.header(name, value);
          headers.append(name).append(": ").append(value).append("\r\n");
        }
      }
      String cookie = exchange.getRequestHeaders().getFirst("Cookie");
      if (cookie != null) {
        request.header("Cookie", cookie);
      }
      HttpResponse<byte[]> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      byte[] bytes = response.body();
      synchronized (exchanges) {
        exchanges.add(
            new Exchange(
                headers.toString(),
                new String(body, StandardCharsets.UTF_8),
                new String(
                    bytes, 0, Math.min(bytes.length, MAX_RESPONSE_START), StandardCharsets.UTF_8),
                bytes.length));
      }
      for (String name : List.of("Set-Cookie", "Content-Type", "Content-Encoding")) {
        response
            .headers()
            .allValues(name)
            .forEach(value -> exchange.getResponseHeaders().add(name, value));
      }
      exchange.sendResponseHeaders(response.statusCode(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }
}
