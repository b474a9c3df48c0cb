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
 * A client's connection and the one to the server that belongs to it. It has two threads: one reads
 * from the client, one from the server. All other methods are for any thread.
 */
final class RelayConnection implements RequestStream.Answers {

  private static final int CHUNK_BYTES = 16 << 10;
  private static final int WRITES_PER_SECOND = 10;

  private final FaultRelay relay;
  private final ActiveFaults faults;
  private final Socket clientWire;
  private final Thread fromClient;
  private final Thread fromServer;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicInteger directions = new AtomicInteger(2);
  private volatile @Nullable Side client;
  private volatile @Nullable Side server;
  private volatile @Nullable Socket serverWire;
  private volatile @Nullable RequestStream requests;
  private volatile boolean dead;
  private volatile boolean ended;
  private volatile long mark;

  /**
   * @param name of its threads
   */
  RelayConnection(FaultRelay relay, ActiveFaults faults, Socket clientWire, String name) {
    this.relay = relay;
    this.faults = faults;
    this.clientWire = clientWire;
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

  /** Passes nothing on any more, for ever, and tells nobody. */
  void die() {
    dead = true;
  }

  /** Counts the bytes from the server from now on. */
  void mark() {
    mark = sent.get();
  }

  boolean hasEnded() {
    return ended;
  }

  /** Ends it on both sides, with FIN where nothing is unread. */
  void end() {
    ended = true;
    close(clientWire);
    close(serverWire);
    faults.wake();
    relay.ended(this);
  }

  /** Ends it on both sides with RST. */
  void reset() {
    ended = true;
    resetAndClose(clientWire);
    resetAndClose(serverWire);
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
        drain(clientWire.getInputStream());
        end();
        return;
      }
      Side clientSide = Side.ofClient(clientWire, relay.clientTls());
      client = clientSide;
      Socket wire = relay.connect();
      serverWire = wire;
      Side serverSide = Side.ofServer(wire, relay.serverTls());
      server = serverSide;
      RequestStream stream = new RequestStream(serverSide.out(), this);
      requests = stream;
      if (ended) {
        end();
        return;
      }
      fromServer.start();
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int n = read(clientSide, chunk); n >= 0; n = read(clientSide, chunk)) {
        if (!dead) {
          relay.countToServer(n);
          stream.accept(chunk, n);
        }
      }
      directionEnds(serverSide);
    } catch (IOException e) {
      broken();
    } catch (InterruptedException e) {
      end();
    }
  }

  private void readServer() {
    try {
      Side serverSide = known(server);
      byte[] chunk = new byte[CHUNK_BYTES];
      for (int n = read(serverSide, chunk); n >= 0; n = read(serverSide, chunk)) {
        if (!dead) {
          known(requests).answerBegins(chunk, n);
          toClient(chunk, n);
        }
      }
      if (!dead) {
        directionEnds(known(client));
      }
    } catch (IOException e) {
      if (!dead) {
        broken();
      }
    } catch (InterruptedException e) {
      end();
    }
  }

  private static <T> T known(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("the connection is not there yet");
    }
    return value;
  }

  /** The next chunk, when it may be passed on; less than none at the end. */
  private int read(Side side, byte[] chunk) throws IOException, InterruptedException {
    int n = side.in().read(chunk);
    if (n >= 0) {
      Optional<RelayFault.Delay> delay = faults.find(RelayFault.Delay.class);
      if (delay.isPresent()) {
        faults.pause(delay.get().time(), this::hasEnded);
      }
      faults.awaitRelease(this::hasEnded);
    }
    return n;
  }

  private static void drain(InputStream in) throws IOException {
    byte[] nowhere = new byte[CHUNK_BYTES];
    int n;
    do {
      n = in.read(nowhere);
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
      known(client).cut();
      close(serverWire);
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
      // Counted first, so that whoever has got them and injects a fault finds them counted.
      sent.addAndGet(piece);
      toClientNow(chunk, at, piece);
      at += piece;
    }
  }

  private void toClientNow(byte[] bytes, int from, int length) throws IOException {
    relay.countToClient(length);
    OutputStream out = known(client).out();
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
  public void send(byte[] answer) throws IOException {
    toClientNow(answer, 0, answer.length);
  }

  /** Nothing more comes from one side: the other one learns it. */
  private void directionEnds(Side other) throws IOException {
    if (dead || directions.decrementAndGet() == 0) {
      end();
    } else {
      other.finish();
    }
  }

  /** One side has gone without a word: so does the other. */
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
      // The peer notices all the same.
    }
  }
}
