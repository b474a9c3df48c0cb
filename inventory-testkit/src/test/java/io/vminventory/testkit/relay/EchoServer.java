package io.vminventory.testkit.relay;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Server for tests that echoes bytes behind a prefix of its own on every connection. */
final class EchoServer implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 5_000;

  private final ServerSocket listener;
  private final String prefix;
  private final Thread accepting;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  EchoServer(String prefix) throws IOException {
    this.prefix = prefix;
    listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    accepting = start(this::accept, "echo-accept");
  }

  private static Thread start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        Thread unused = start(() -> echo(socket), "echo");
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void echo(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      byte[] chunk = new byte[8192];
      for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
        socket.getOutputStream().write(prefix.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(chunk, 0, n);
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }

  /** Waits for a pending accept, which outlives its listener and can still return a connection. */
  @Override
  public void close() throws IOException {
    listener.close();
    try {
      accepting.join(TIMEOUT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
