package io.vminventory.testkit.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Client connection and its connection to the server. Two threads serve it: one reads from the
 * client, one from the server. All other methods are thread-safe.
 */
final class RelayConnection implements RequestStream.Responder {

  private static final int BUFFER_BYTES = 16 << 10;
  private static final int WRITES_PER_SECOND = 10;

  private final FaultRelay relay;
  private final ActiveFaults faults;
  private final Socket clientSocket;
  private final Thread fromClient;
  private final Thread fromServer;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicInteger directions = new AtomicInteger(2);
  private volatile @Nullable ConnectionEnd client;
  private volatile @Nullable ConnectionEnd server;
  private volatile @Nullable Socket serverSocket;
  private volatile @Nullable RequestStream requests;
  private volatile boolean dead;
  private volatile boolean ended;
  private volatile long mark;

  /**
   * @param name prefix of its threads' names
   */
  RelayConnection(FaultRelay relay, ActiveFaults faults, Socket clientSocket, String name) {
    this.relay = relay;
    this.faults = faults;
    this.clientSocket = clientSocket;
    this.fromClient = thread(this::readClient, name + "-from-client");
    this.fromServer = thread(this::readServer, name + "-from-server");
  }

  private static Thread thread(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  void start() {
    fromClient.start();
  }

  /** Stops passing bytes, for good and without FIN or RST. */
  void blackHole() {
    dead = true;
  }

  /** Restarts the count of bytes from the server. */
  void mark() {
    mark = sent.get();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Closes both sides: FIN where all bytes were read. */
  void end() {
    ended = true;
    close(clientSocket);
    close(serverSocket);
    faults.wake();
    relay.ended(this);
  }

  /** Resets both sides (RST). */
  void reset() {
    ended = true;
    resetAndClose(clientSocket);
    resetAndClose(serverSocket);
    end();
  }

  void join(Duration atMost) throws InterruptedException {
    fromClient.join(atMost.toMillis() + 1);
    fromServer.join(atMost.toMillis() + 1);
  }

  private void readClient() {
    try {
      faults.awaitRelease(this::hasEnded);
      if (dead) {
        discard(clientSocket.getInputStream());
        end();
        return;
      }
      ConnectionEnd clientEnd = ConnectionEnd.ofClient(clientSocket, relay.clientTls());
      client = clientEnd;
      Socket socket = relay.connect();
      serverSocket = socket;
      ConnectionEnd serverEnd = ConnectionEnd.ofServer(socket, relay.serverTls());
      server = serverEnd;
      RequestStream stream = new RequestStream(serverEnd.out(), this);
      requests = stream;
      if (ended) {
        end();
        return;
      }
      fromServer.start();
      byte[] chunk = new byte[BUFFER_BYTES];
      for (int n = read(clientEnd, chunk); n >= 0; n = read(clientEnd, chunk)) {
        if (!dead) {
          relay.countToServer(n);
          stream.accept(chunk, n);
        }
      }
      directionEnds(serverEnd);
    } catch (IOException e) {
      broken();
    } catch (InterruptedException e) {
      end();
    }
  }

  private void readServer() {
    try {
      ConnectionEnd serverEnd = connected(server);
      byte[] chunk = new byte[BUFFER_BYTES];
      for (int n = read(serverEnd, chunk); n >= 0; n = read(serverEnd, chunk)) {
        if (!dead) {
          connected(requests).onResponse(chunk, n);
          toClient(chunk, n);
        }
      }
      if (!dead) {
        directionEnds(connected(client));
      }
    } catch (IOException e) {
      if (!dead) {
        broken();
      }
    } catch (InterruptedException e) {
      end();
    }
  }

  private static <T> T connected(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("not connected to the server yet");
    }
    return value;
  }

  /** Reads the next chunk and applies delay and hold; negative at the end of the stream. */
  private int read(ConnectionEnd end, byte[] chunk) throws IOException, InterruptedException {
    int n = end.in().read(chunk);
    if (n >= 0) {
      Optional<RelayFault.Delay> delay = faults.find(RelayFault.Delay.class);
      if (delay.isPresent()) {
        faults.pause(delay.get().time(), this::hasEnded);
      }
      faults.awaitRelease(this::hasEnded);
    }
    return n;
  }

  private static void discard(InputStream in) throws IOException {
    byte[] discarded = new byte[BUFFER_BYTES];
    int n;
    do {
      n = in.read(discarded);
    } while (n >= 0);
  }

  private void toClient(byte[] chunk, int length) throws IOException, InterruptedException {
    long since = sent.get() - mark;
    int passed = length;
    boolean cut = false;
    Optional<RelayFault.Cut> limit = faults.find(RelayFault.Cut.class);
    if (limit.isPresent() && limit.get().bytes() - since <= length && faults.takeCut()) {
      cut = true;
      passed = (int) Math.max(0, limit.get().bytes() - since);
    }
    Optional<RelayFault.Corrupt> corrupt = faults.find(RelayFault.Corrupt.class);
    if (corrupt.isPresent()) {
      for (int i = (int) Math.max(0, corrupt.get().bytes() - since); i < passed; i++) {
        chunk[i] = (byte) ~chunk[i];
      }
    }
    write(chunk, passed);
    if (cut) {
      dead = true;
      connected(client).cut();
      close(serverSocket);
    }
  }

  private void write(byte[] chunk, int length) throws IOException, InterruptedException {
    int at = 0;
    while (at < length && !ended) {
      Optional<RelayFault.Throttle> throttle = faults.find(RelayFault.Throttle.class);
      int piece = length - at;
      if (throttle.isPresent()) {
        int pace = throttle.get().bytesPerSecond();
        piece = Math.min(piece, Math.max(1, pace / WRITES_PER_SECOND));
        faults.pause(Duration.ofNanos(1_000_000_000L * piece / pace), this::hasEnded);
      }
      // Counted before they are sent, so that a client that has them and injects a fault finds them
      // counted.
      sent.addAndGet(piece);
      toClientNow(chunk, at, piece);
      at += piece;
    }
  }

  private void toClientNow(byte[] bytes, int from, int length) throws IOException {
    relay.countToClient(length);
    OutputStream out = connected(client).out();
    synchronized (this) {
      out.write(bytes, from, length);
      out.flush();
    }
  }

  @Override
  public Optional<RelayFault.HttpStatus> fault(RelayRequest request) {
    return faults.takeStatus(request);
  }

  @Override
  public void send(byte[] response) throws IOException {
    toClientNow(response, 0, response.length);
  }

  /** One side has ended its output; passes that on. */
  private void directionEnds(ConnectionEnd other) throws IOException {
    if (dead || directions.decrementAndGet() == 0) {
      end();
    } else {
      other.finish();
    }
  }

  /** One side has broken off; resets the other. */
  private void broken() {
    if (ended || dead) {
      end();
    } else {
      reset();
    }
  }

  private static void resetAndClose(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      // It is closed already, so there is nothing left to reset.
    }
    close(socket);
  }

  private static void close(@Nullable Socket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // The peer notices in any case.
    }
  }
}
