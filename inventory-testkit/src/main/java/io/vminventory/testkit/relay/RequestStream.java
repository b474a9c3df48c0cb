package io.vminventory.testkit.relay;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stream of a client's bytes to the server that recognizes HTTP/1.1 requests and can withhold one
 * to respond in the server's place. It follows the framing of requests only, so it relies on
 * clients that wait for a response before the next request. For the thread that reads from the
 * client, except {@link #onResponse}.
 */
final class RequestStream {

  /** Response to requests that are not passed on. */
  interface Responder {

    /** The status to respond with, empty to pass the request on. */
    Optional<RelayFault.HttpStatus> fault(RelayRequest request);

    /** Sends bytes to the client. */
    void send(byte[] response) throws IOException;
  }

  private enum State {
    HEAD,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    TRAILER,
    OPAQUE
  }

  private static final Charset LATIN = StandardCharsets.ISO_8859_1;
  private static final int MAX_METHOD_LENGTH = 8;
  private static final int MAX_HEAD_BYTES = 64 << 10;
  private static final List<String> METHODS =
      List.of("GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "PATCH ", "OPTIONS ", "TRACE ");
  private static final Pattern FIRST_LINE = Pattern.compile("(\\S+) (\\S+) HTTP/1\\.[01]\r\n");
  private static final Pattern LENGTH =
      Pattern.compile("(?im)^content-length:\\s*(\\d{1,18})\\s*$");
  private static final Pattern CHUNKED = Pattern.compile("(?im)^transfer-encoding:.*chunked\\s*$");
  private static final Pattern UPGRADE = Pattern.compile("(?im)^upgrade:");
  private static final Pattern EXPECT = Pattern.compile("(?im)^expect:\\s*100-continue\\s*$");
  private static final byte[] CONTINUE = ascii("HTTP/1.1 100 Continue\r\n\r\n");
  private static final String SWITCHING = "HTTP/1.1 101";

  private final OutputStream server;
  private final Responder responder;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private Optional<RelayFault.HttpStatus> fault = Optional.empty();
  private State state = State.HEAD;
  private boolean lineIsEmpty;
  private long left;
  private volatile boolean upgradeRequested;
  private volatile boolean upgraded;

  RequestStream(OutputStream server, Responder responder) {
    this.server = server;
    this.responder = responder;
  }

  /** Called by the thread that reads from the server, before it sends the bytes on. */
  void onResponse(byte[] bytes, int length) {
    if (upgradeRequested) {
      upgradeRequested = false;
      upgraded =
          new String(bytes, 0, Math.min(length, SWITCHING.length()), LATIN).equals(SWITCHING);
    }
  }

  /** Takes bytes from the client. */
  void accept(byte[] bytes, int length) throws IOException {
    int at = 0;
    while (at < length) {
      if (upgraded) {
        state = State.OPAQUE;
      }
      switch (state) {
        case HEAD -> {
          head(bytes[at++]);
        }
        case CHUNK_SIZE, TRAILER -> {
          line.write(bytes[at++]);
          if (bytes[at - 1] == '\n') {
            chunkLine();
          }
        }
        case BODY, CHUNK -> {
          int taken = (int) Math.min(left, length - at);
          pass(bytes, at, taken);
          at += taken;
          left -= taken;
          if (left == 0) {
            if (state == State.CHUNK) {
              state = State.CHUNK_SIZE;
            } else {
              requestEnds();
            }
          }
        }
        case OPAQUE -> {
          server.write(bytes, at, length - at);
          at = length;
        }
      }
    }
    server.flush();
  }

  private void head(byte next) throws IOException {
    line.write(next);
    int size = line.size();
    if (size > MAX_HEAD_BYTES
        || (size <= MAX_METHOD_LENGTH && !looksLikeRequest(line.toString(LATIN)))) {
      state = State.OPAQUE;
      server.write(line.toByteArray());
      line.reset();
    } else if (next == '\n' && lineIsEmpty) {
      byte[] head = line.toByteArray();
      line.reset();
      headEnds(head);
    } else if (next != '\r') {
      lineIsEmpty = next == '\n';
    }
  }

  private static boolean looksLikeRequest(String start) {
    return METHODS.stream()
        .anyMatch(method -> method.startsWith(start) || start.startsWith(method));
  }

  private void headEnds(byte[] bytes) throws IOException {
    lineIsEmpty = false;
    String head = new String(bytes, LATIN);
    Matcher first = FIRST_LINE.matcher(head);
    if (!first.lookingAt()) {
      state = State.OPAQUE;
      server.write(bytes);
      return;
    }
    fault = responder.fault(new RelayRequest(first.group(1), first.group(2)));
    if (fault.isEmpty()) {
      upgradeRequested = UPGRADE.matcher(head).find();
    } else if (EXPECT.matcher(head).find()) {
      responder.send(CONTINUE);
    }
    pass(bytes, 0, bytes.length);
    Matcher length = LENGTH.matcher(head);
    if (CHUNKED.matcher(head).find()) {
      state = State.CHUNK_SIZE;
    } else if (length.find() && Long.parseLong(length.group(1)) > 0) {
      left = Long.parseLong(length.group(1));
      state = State.BODY;
    } else {
      requestEnds();
    }
  }

  private void chunkLine() throws IOException {
    byte[] bytes = line.toByteArray();
    line.reset();
    pass(bytes, 0, bytes.length);
    String text = new String(bytes, LATIN).trim();
    if (state == State.TRAILER) {
      if (text.isEmpty()) {
        requestEnds();
      }
      return;
    }
    String size = text.split(";", 2)[0].trim();
    if (!size.matches("[0-9a-fA-F]{1,8}")) {
      throw new IOException("not a chunk: " + text);
    }
    // Including the line end after the chunk.
    left = Long.parseLong(size, 16) + 2;
    state = left == 2 ? State.TRAILER : State.CHUNK;
  }

  private void pass(byte[] bytes, int from, int length) throws IOException {
    if (fault.isEmpty()) {
      server.write(bytes, from, length);
    }
  }

  private void requestEnds() throws IOException {
    state = State.HEAD;
    if (fault.isPresent()) {
      responder.send(response(fault.get()));
      fault = Optional.empty();
    }
  }

  private static byte[] response(RelayFault.HttpStatus fault) {
    StringBuilder text = new StringBuilder("HTTP/1.1 ").append(fault.status());
    text.append(" On Demand\r\nContent-Length: 0\r\n");
    fault
        .retryAfter()
        .ifPresent(time -> text.append("Retry-After: ").append(time.toSeconds()).append("\r\n"));
    return ascii(text.append("\r\n").toString());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
