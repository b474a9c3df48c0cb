package io.vminventory.testkit.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class RequestStreamTest {

  private final ByteArrayOutputStream server = new ByteArrayOutputStream();
  private final List<String> seen = new ArrayList<>();
  private final RequestStream stream =
      new RequestStream(
          server,
          new RequestStream.Responder() {
            @Override
            public Optional<RelayFault.HttpStatus> fault(RelayRequest request) {
              seen.add(request.method() + " " + request.target());
              return Optional.empty();
            }

            @Override
            public void send(byte[] response) {
              throw new AssertionError("no request is withheld here");
            }
          });

  private void send(String text) throws IOException {
    stream.accept(text.getBytes(US_ASCII), text.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n\r\n",
        "POST /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc",
        "PUT /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n0\r\nA: b\r\n\r\n",
      })
  void splitRequestsPassUnchanged(String request) throws IOException {
    send(request + request);
    for (int i = 0; i < request.length(); i++) {
      send(request.substring(i, i + 1));
    }

    assertThat(server.toString(US_ASCII)).isEqualTo(request + request + request);
    assertThat(seen).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "PING", "GETX", "\u0016\u0003\u0001", "GET / FTP\r\n\r\n"})
  void nonHttpBytesPassAtOnce(String text) throws IOException {
    send(text);
    send("GET / HTTP/1.1\r\n\r\n");

    assertThat(server.toString(US_ASCII)).isEqualTo(text + "GET / HTTP/1.1\r\n\r\n");
    assertThat(seen).isEmpty();
  }

  @Test
  void nothingIsReadAfterAnUpgrade() throws IOException {
    send("GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n");
    respond("HTTP/1.1 101 Switching Protocols\r\n\r\n");
    send("GET /frame HTTP/1.1\r\n\r\n");

    assertThat(seen).containsExactly("GET /");
    assertThat(server.toString(US_ASCII)).endsWith("GET /frame HTTP/1.1\r\n\r\n");
  }

  @Test
  void declinedUpgradeChangesNothing() throws IOException {
    send("GET / HTTP/1.1\r\nUpgrade: h2c\r\n\r\n");
    respond("HTTP/1.1 200 OK\r\n\r\n");
    send("GET /next HTTP/1.1\r\n\r\n");

    assertThat(seen).containsExactly("GET /", "GET /next");
  }

  private void respond(String text) {
    stream.onResponse(text.getBytes(US_ASCII), text.length());
  }

  @Test
  void malformedChunkBreaksTheConnection() {
    assertThatThrownBy(
            () -> send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n"))
        .isInstanceOf(IOException.class);
  }
}
