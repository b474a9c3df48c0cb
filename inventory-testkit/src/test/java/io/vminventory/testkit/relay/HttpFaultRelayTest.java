package io.vminventory.testkit.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.vminventory.testkit.tls.TestCertificates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Statuses with which the relay responds, and the requests that it reads for this. */
@Tag("embedded")
class HttpFaultRelayTest {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private FaultRelay relay;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            byte[] response =
                (exchange.getRequestMethod() + " " + new String(body, UTF_8)).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, response.length);
            exchange.getResponseBody().write(response);
          }
        });
    server.start();
    relay = FaultRelay.to("127.0.0.1", server.getAddress().getPort()).start();
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    relay.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private HttpResponse<String> send(String path, HttpRequest.BodyPublisher body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(relay.url("http").resolve(path))
            .timeout(Duration.ofSeconds(20))
            .POST(body)
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return send(path, HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpResponse<String> postChunks(String path, String body) throws Exception {
    return send(
        path,
        HttpRequest.BodyPublishers.ofInputStream(
            () -> new ByteArrayInputStream(body.getBytes(UTF_8))));
  }

  @Test
  void statusKeepsTheConnectionOpen() throws Exception {
    assertThat(post("/a", "one").body()).isEqualTo("POST one");
    relay.inject(RelayFault.httpStatus(503).times(2).retryAfter(Duration.ofSeconds(7)));

    HttpResponse<String> refused = post("/a", "two");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).contains("7");
    assertThat(post("/a", "three").statusCode()).isEqualTo(503);

    assertThat(post("/a", "four").body()).isEqualTo("POST four");
    assertThat(relay.acceptedConnections()).isEqualTo(1);
  }

  @Test
  void chunkedBodiesAreFollowedToTheirEnd() throws Exception {
    String body = "GET / HTTP/1.1\r\n\r\n".repeat(5000);
    relay.inject(RelayFault.httpStatus(429).matching(request -> request.method().equals("GET")));
    relay.inject(RelayFault.httpStatus(500).matching(request -> request.path().equals("/bad")));

    assertThat(postChunks("/good", body).body()).isEqualTo("POST " + body);
    assertThat(postChunks("/bad?really=true", body).statusCode()).isEqualTo(500);
    assertThat(postChunks("/bad", body).body()).isEqualTo("POST " + body);
    assertThat(post("/good", body).body()).isEqualTo("POST " + body);
    assertThat(relay.acceptedConnections()).isEqualTo(1);
  }

  @Test
  void expectContinueIsSupported() throws Exception {
    relay.inject(RelayFault.httpStatus(503));
    HttpRequest request =
        HttpRequest.newBuilder(relay.url("http").resolve("/"))
            .timeout(Duration.ofSeconds(20))
            .expectContinue(true)
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();

    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(503);
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .isEqualTo("POST x");
  }

  @Test
  void healRemovesPendingStatuses() throws Exception {
    relay.inject(RelayFault.httpStatus(503).times(100));
    assertThat(post("/", "").statusCode()).isEqualTo(503);

    relay.heal();

    assertThat(post("/", "").statusCode()).isEqualTo(200);
  }

  @Test
  void tlsIsTerminatedAndOriginated() throws Exception {
    TestCertificates outer = TestCertificates.forLoopback();
    TestCertificates inner = TestCertificates.forLoopback();
    client = HttpClient.newBuilder().sslContext(outer.clientContext()).build();
    try (FaultRelay behind =
            FaultRelay.to("127.0.0.1", server.getAddress().getPort())
                .clientTls(inner.serverContext())
                .start();
        FaultRelay front =
            FaultRelay.to("127.0.0.1", behind.port())
                .clientTls(outer.serverContext())
                .serverTls(inner.clientContext())
                .start()) {
      HttpRequest request =
          HttpRequest.newBuilder(front.url("https"))
              .timeout(Duration.ofSeconds(20))
              .POST(HttpRequest.BodyPublishers.ofString("x".repeat(100_000)))
              .build();
      front.inject(RelayFault.httpStatus(503));

      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(503);
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
          .hasSize(100_005);

      front.inject(RelayFault.cutAfter(50));
      assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void tlsPassesThroughByDefault() throws Exception {
    TestCertificates certificates = TestCertificates.forLoopback();
    client = HttpClient.newBuilder().sslContext(certificates.clientContext()).build();
    try (FaultRelay tls =
            FaultRelay.to("127.0.0.1", server.getAddress().getPort())
                .clientTls(certificates.serverContext())
                .start();
        FaultRelay plain = FaultRelay.to("127.0.0.1", tls.port()).start()) {
      plain.inject(RelayFault.httpStatus(503));
      HttpRequest request =
          HttpRequest.newBuilder(plain.url("https")).timeout(Duration.ofSeconds(20)).build();

      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(200);
    }
  }
}
