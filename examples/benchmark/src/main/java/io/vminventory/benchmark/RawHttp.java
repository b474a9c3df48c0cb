package io.vminventory.benchmark;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Minimal HTTP client as a floor: one persistent connection, requests as bytes, responses drained
 * without being decoded. Keeps only the start of each body. For one thread.
 */
final class RawHttp implements AutoCloseable {

  /** Enough for the first properties of any response, where tokens and plain values are. */
  private static final int MAX_BODY_START = 16_384;

  private static final int READ_TIMEOUT_MILLIS = 60_000;

  /**
   * HTTP response.
   *
   * @param cookie the cookie it sets, as {@code name=value}; empty if none
   * @param bodyStart the start of its body
   * @param bodyBytes the length of its body
   */
  record Response(int status, String cookie, String bodyStart, long bodyBytes) {}

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String host;
  private final byte[] buffer = new byte[1 << 16];

  /**
   * Connects.
   *
   * @param tls for the https scheme
   */
  RawHttp(URI server, SSLContext tls) throws IOException {
    host = server.getHost() + ":" + server.getPort();
    socket =
        server.getScheme().equals("https")
            ? tls.getSocketFactory().createSocket(server.getHost(), server.getPort())
            : new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
  }

  /**
   * Sends a request, and drains the response.
   *
   * @param headers additional headers, each terminated by CR LF
   */
  Response send(String method, String path, String headers, byte[] body) throws IOException {
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: "
            + host
            + "\r\nContent-Length: "
            + body.length
            + "\r\n"
            + headers
            + "\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
    request.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    request.writeBytes(body);
    request.writeTo(out);
    out.flush();
    return readResponse();
  }

  private Response readResponse() throws IOException {
    int status = Integer.parseInt(readLine().split(" ", 3)[1]);
    long length = 0;
    boolean chunked = false;
    Optional<String> cookie = Optional.empty();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      String[] header = line.split(":", 2);
      String value = header[1].strip();
      switch (header[0].toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Long.parseLong(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "set-cookie" -> cookie = Optional.of(value.split(";", 2)[0]);
        default -> {}
      }
    }
    ByteArrayOutputStream bodyStart = new ByteArrayOutputStream();
    long bytes = chunked ? drainChunks(bodyStart) : drain(length, bodyStart);
    return new Response(
        status, cookie.orElse(""), bodyStart.toString(StandardCharsets.UTF_8), bytes);
  }

  private long drainChunks(ByteArrayOutputStream bodyStart) throws IOException {
    long bytes = 0;
    while (true) {
      long size = Long.parseLong(readLine().split(";", 2)[0].strip(), 16);
      bytes += drain(size, bodyStart);
      String unused = readLine();
      if (size == 0) {
        return bytes;
      }
    }
  }

  private long drain(long length, ByteArrayOutputStream bodyStart) throws IOException {
    for (long left = length; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException("the server closed the connection within a response");
      }
      if (bodyStart.size() < MAX_BODY_START) {
        bodyStart.write(buffer, 0, Math.min(count, MAX_BODY_START - bodyStart.size()));
      }
      left -= count;
    }
    return length;
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
