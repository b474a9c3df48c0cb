package io.vminventory.testkit.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * TCP relay on loopback that passes bytes between a client and a server until a fault is injected.
 * TLS passes through unless the relay is started with a context to terminate it. Thread-safe. A
 * fault applies to open connections as well as new ones, unless {@link RelayFault} says otherwise.
 *
 * <pre>{@code
 * try (FaultRelay relay = FaultRelay.to("127.0.0.1", server.port()).start()) {
 *   connect("127.0.0.1", relay.port());
 *   relay.inject(RelayFault.blackHole());
 *   relay.heal();
 * }
 * }</pre>
 *
 * <p>If the server cannot be reached, the relay resets the client. Every connection has two daemon
 * threads, so some thousand are too many.
 */
public final class FaultRelay implements AutoCloseable {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final int BACKLOG = 1024;
  private static final int CONNECT_MILLIS = 5000;
  private static final int RETRY_MILLIS = 10;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final ActiveFaults faults = new ActiveFaults();
  private final Optional<SSLContext> clientTls;
  private final Optional<SSLContext> serverTls;
  private final Set<RelayConnection> open = new LinkedHashSet<>();
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicLong toServer = new AtomicLong();
  private final AtomicLong toClient = new AtomicLong();
  private final int port;
  private volatile InetSocketAddress target;
  private @Nullable ServerSocket listener;
  private volatile @Nullable Thread acceptor;
  private boolean closed;

  FaultRelay(
      InetSocketAddress target,
      Optional<SSLContext> clientTls,
      Optional<SSLContext> serverTls,
      int port) {
    this.target = target;
    this.clientTls = clientTls;
    this.serverTls = serverTls;
    this.port = listen(port);
  }

  /** Builder of a relay to this server. */
  public static FaultRelayBuilder to(String host, int port) {
    return new FaultRelayBuilder(new InetSocketAddress(host, port));
  }

  /** The port on 127.0.0.1, which stays the same. */
  public int port() {
    return port;
  }

  /** The relay's address without a path, such as {@code https://127.0.0.1:40123}. */
  public URI url(String scheme) {
    return URI.create(scheme + "://127.0.0.1:" + port);
  }

  /** Redirects new connections to another server; open ones keep theirs. */
  public void retarget(String host, int newPort) {
    target = new InetSocketAddress(host, newPort);
  }

  /**
   * Starts a fault, which replaces an active one of its kind; HTTP statuses queue instead. It is in
   * effect when this returns.
   */
  public void inject(RelayFault fault) {
    begin(fault);
    if (fault instanceof RelayFault.Refuse) {
      // The system accepts connections until the last accept has returned.
      awaitEnd(acceptor);
    }
  }

  private synchronized void begin(RelayFault fault) {
    if (closed) {
      throw new IllegalStateException("the relay is closed");
    }
    if (fault instanceof RelayFault.Reset) {
      List.copyOf(open).forEach(RelayConnection::reset);
      return;
    }
    open.forEach(RelayConnection::mark);
    faults.add(fault);
    if (fault instanceof RelayFault.BlackHole) {
      open.forEach(RelayConnection::blackHole);
    } else if (fault instanceof RelayFault.Refuse) {
      stopListening();
    }
  }

  /**
   * Ends all faults, pending ones included. Connections of a black hole stay dead.
   *
   * @throws UncheckedIOException if connections were refused and the port has been taken since
   */
  public synchronized void heal() {
    faults.clear();
    listenAgain();
  }

  /** The number of open connections, dead ones included. */
  public synchronized int openConnections() {
    return open.size();
  }

  /** The number of accepted connections, including those reset at once. */
  public int acceptedConnections() {
    return accepted.get();
  }

  /** Bytes sent by clients, after decryption if the relay terminates TLS. */
  public long bytesToServer() {
    return toServer.get();
  }

  /** Bytes sent to clients, including responses of the relay itself. */
  public long bytesToClient() {
    return toClient.get();
  }

  /**
   * Closes all connections and ends all threads; waits for each a few seconds at most. Idempotent.
   */
  @Override
  public void close() {
    List<RelayConnection> last;
    Thread accepting;
    synchronized (this) {
      closed = true;
      accepting = acceptor;
      stopListening();
      last = List.copyOf(open);
    }
    faults.clear();
    last.forEach(RelayConnection::end);
    awaitEnd(accepting);
    try {
      for (RelayConnection connection : last) {
        connection.join(TIMEOUT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitEnd(@Nullable Thread thread) {
    try {
      if (thread != null) {
        thread.join(TIMEOUT.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Listens on the same port again, which is free only when the last accept has returned. */
  private synchronized void listenAgain() {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (listener == null && !closed) {
      try {
        int unused = listen(port);
      } catch (UncheckedIOException e) {
        if (System.nanoTime() > end) {
          throw e;
        }
        try {
          wait(RETRY_MILLIS);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
          throw e;
        }
      }
    }
  }

  private synchronized int listen(int wanted) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), wanted), BACKLOG);
      listener = socket;
      Thread thread =
          new Thread(() -> accept(socket), "fault-relay-" + socket.getLocalPort() + "-accept");
      thread.setDaemon(true);
      acceptor = thread;
      thread.start();
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + wanted, e);
    }
  }

  private synchronized void stopListening() {
    try {
      if (listener != null) {
        listener.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      listener = null;
    }
  }

  private void accept(ServerSocket from) {
    while (!from.isClosed()) {
      try {
        accepted(from.accept());
      } catch (IOException e) {
        // The listener is closed, which ends the loop, or the client has gone.
      }
    }
  }

  private synchronized void accepted(Socket socket) throws IOException {
    int number = accepted.incrementAndGet();
    // A pending accept outlives its listener and can still return a connection.
    if (closed || listener == null || faults.takeReset()) {
      socket.setSoLinger(true, 0);
      socket.close();
      return;
    }
    socket.setTcpNoDelay(true);
    RelayConnection connection =
        new RelayConnection(this, faults, socket, "fault-relay-" + port + "-" + number);
    if (faults.find(RelayFault.BlackHole.class).isPresent()) {
      connection.blackHole();
    }
    open.add(connection);
    connection.start();
  }

  Optional<SSLContext> clientTls() {
    return clientTls;
  }

  Optional<SSLContext> serverTls() {
    return serverTls;
  }

  /** Opens a connection to the server. */
  Socket connect() throws IOException {
    InetSocketAddress address = target;
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          address.isUnresolved()
              ? new InetSocketAddress(address.getHostString(), address.getPort())
              : address,
          CONNECT_MILLIS);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return socket;
  }

  synchronized void ended(RelayConnection connection) {
    open.remove(connection);
  }

  void countToServer(int bytes) {
    toServer.addAndGet(bytes);
  }

  void countToClient(int bytes) {
    toClient.addAndGet(bytes);
  }
}
