package io.vminventory.operator.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("embedded")
class HealthServerTest {

  private final List<String> live = new ArrayList<>();
  private final List<String> ready = new ArrayList<>();

  @Test
  void saysOkOrWhyNot() throws Exception {
    try (HealthServer server = new HealthServer(0, () -> live, () -> ready, () -> "up 1\n")) {
      assertThat(get(server, "/livez")).isEqualTo("200 ok\n");
      assertThat(get(server, "/readyz")).isEqualTo("200 ok\n");

      ready.add("the controller is starting");
      ready.add("and more");
      assertThat(get(server, "/livez")).isEqualTo("200 ok\n");
      assertThat(get(server, "/readyz")).isEqualTo("503 the controller is starting\nand more\n");
    }
  }

  @Test
  void answersAScrape() throws Exception {
    try (HealthServer server = new HealthServer(0, () -> live, () -> ready, () -> "up 1\n")) {
      ready.add("not ready");
      assertThat(get(server, "/metrics")).isEqualTo("200 up 1\n");
    }
  }

  @Test
  void aRequestThatIsNeverFinishedKeepsNobodyWaiting() throws Exception {
    try (HealthServer server = new HealthServer(0, () -> live, () -> ready, () -> "up 1\n");
        Socket half = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      half.getOutputStream().write("GET /livez HTTP/1.1\r\nHost:".getBytes(US_ASCII));
      half.getOutputStream().flush();
      assertThat(get(server, "/livez")).isEqualTo("200 ok\n");
    }
  }

  @Test
  void aPortThatIsTakenIsAnError() throws Exception {
    try (HealthServer server = new HealthServer(0, () -> live, () -> ready, () -> "up 1\n")) {
      assertThatThrownBy(
              () ->
                  new HealthServer(server.port(), () -> live, () -> ready, () -> "up 1\n").close())
          .isInstanceOf(IOException.class);
    }
  }

  private static String get(HealthServer server, String path) throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }
}
