package io.vminventory.testkit.relay;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Says what it hears, behind a prefix of its own, on every connection; for tests. */
final class EchoServer implements AutoCloseable {

  private final ServerSocket listener;
  private final String prefix;
  private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

  EchoServer(String prefix) throws IOException {
    this.prefix = prefix;
    listener = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
    start(this::accept, "echo-accept");
  }

  private static void start(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        sockets.add(socket);
        start(() -> echo(socket), "echo");
      }
    } catch (IOException e) {
      // Closed: that is the end.
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
      // The client is gone: so is its connection.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
