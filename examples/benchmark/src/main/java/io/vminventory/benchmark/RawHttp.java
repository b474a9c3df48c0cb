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
 * The floor of HTTP: one connection that is kept, requests as bytes, answers drained and not looked
 * at but for their beginnings. For one thread.
 */
final class RawHttp implements AutoCloseable {

  /** Enough for the first facts of any answer, where tokens and plain values are. */
  private static final int KEPT = 16_384;

  private static final int MILLIS = 60_000;

  /**
   * An answer.
   *
   * @param cookie what it sets, as {@code name=value}; empty if it sets none
   * @param beginning of its body
   * @param bytes how long the body was
   */
  record Answer(int status, String cookie, String beginning, long bytes) {}

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final String host;
  private final byte[] buffer = new byte[1 << 16];

  /**
   * Connects.
   *
   * @param tls how, if the scheme is https
   */
  RawHttp(URI server, SSLContext tls) throws IOException {
    host = server.getHost() + ":" + server.getPort();
    socket =
        server.getScheme().equals("https")
            ? tls.getSocketFactory().createSocket(server.getHost(), server.getPort())
            : new Socket(server.getHost(), server.getPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(MILLIS);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    out = socket.getOutputStream();
  }

  /**
   * Sends a request, and drains the answer.
   *
   * @param headers further ones, each ended by CR and LF
   */
  Answer send(String method, String path, String headers, byte[] body) throws IOException {
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
    return answer();
  }

  private Answer answer() throws IOException {
    int status = Integer.parseInt(line().split(" ", 3)[1]);
    long length = 0;
    boolean chunked = false;
    Optional<String> cookie = Optional.empty();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] header = line.split(":", 2);
      String value = header[1].strip();
      switch (header[0].toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Long.parseLong(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "set-cookie" -> cookie = Optional.of(value.split(";", 2)[0]);
        default -> {}
      }
    }
    ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    long bytes = chunked ? drainChunks(beginning) : drain(length, beginning);
    return new Answer(status, cookie.orElse(""), beginning.toString(StandardCharsets.UTF_8), bytes);
  }

  private long drainChunks(ByteArrayOutputStream beginning) throws IOException {
    long bytes = 0;
    while (true) {
      long size = Long.parseLong(line().split(";", 2)[0].strip(), 16);
      bytes += drain(size, beginning);
      String unused = line();
      if (size == 0) {
        return bytes;
      }
    }
  }

  private long drain(long length, ByteArrayOutputStream beginning) throws IOException {
    for (long left = length; left > 0; ) {
      int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (count < 0) {
        throw new EOFException("the answer broke off");
      }
      if (beginning.size() < KEPT) {
        beginning.write(buffer, 0, Math.min(count, KEPT - beginning.size()));
      }
      left -= count;
    }
    return length;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server has ended the connection");
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
