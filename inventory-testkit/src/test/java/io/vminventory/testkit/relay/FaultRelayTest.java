package io.vminventory.testkit.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.testkit.Eventually;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("embedded")
class FaultRelayTest {

  private static final int TIMEOUT_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 100;

  private EchoServer server;
  private FaultRelay relay;
  private final List<Socket> clients = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = new EchoServer("");
    relay = FaultRelay.to("127.0.0.1", server.port()).start();
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket client : clients) {
      client.close();
    }
    relay.close();
    server.close();
  }

  private Socket connect() throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), relay.port());
    client.setSoTimeout(TIMEOUT_MILLIS);
    clients.add(client);
    return client;
  }

  private Socket connectAndExchange() throws IOException {
    Socket client = connect();
    assertThat(exchange(client, "hi")).isEqualTo("hi");
    return client;
  }

  private static void send(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** Reads this many bytes, fewer at the end of the connection. */
  private static String receive(Socket client, int bytes) throws IOException {
    return new String(client.getInputStream().readNBytes(bytes), ISO_8859_1);
  }

  private static String exchange(Socket client, String text) throws IOException {
    send(client, text);
    return receive(client, text.length());
  }

  private static void assertNothingReceived(Socket client) throws IOException {
    client.setSoTimeout(SILENCE_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(TIMEOUT_MILLIS);
  }

  @Test
  void bytesPassAndAreCounted() throws IOException {
    Socket client = connectAndExchange();

    assertThat(relay.openConnections()).isEqualTo(1);
    assertThat(relay.acceptedConnections()).isEqualTo(1);
    assertThat(relay.bytesToServer()).isEqualTo(2);
    Eventually.within(Duration.ofSeconds(10)).until(relay::bytesToClient, n -> n == 2);

    client.close();
    Eventually.within(Duration.ofSeconds(10)).until(relay::openConnections, n -> n == 0);
  }

  @Test
  void halfCloseIsPassedOn() throws IOException {
    Socket client = connect();
    send(client, "last words");
    client.shutdownOutput();

    assertThat(receive(client, 100)).isEqualTo("last words");
    Eventually.within(Duration.ofSeconds(10)).until(relay::openConnections, n -> n == 0);
  }

  @Test
  void delayAppliesToOpenConnectionsUntilHealed() throws IOException {
    Socket client = connectAndExchange();
    relay.inject(RelayFault.delay(Duration.ofMillis(60)));

    long start = System.nanoTime();
    assertThat(exchange(client, "slow")).isEqualTo("slow");
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(120).toNanos());

    relay.inject(RelayFault.delay(Duration.ofHours(1)));
    send(client, "x");
    assertNothingReceived(client);
    relay.heal();
    assertThat(receive(client, 1)).isEqualTo("x");
  }

  @Test
  void connectionIsCutAfterSomeBytes() throws IOException {
    Socket before = connectAndExchange();
    relay.inject(RelayFault.cutAfter(3));

    assertThat(exchange(before, "12345")).isEqualTo("123");
    assertThat(exchange(connect(), "123")).isEqualTo("123");
    relay.heal();
    assertThat(exchange(connect(), "12345")).isEqualTo("12345");
  }

  @Test
  void cutAppliesToLimitedConnections() throws IOException {
    relay.inject(RelayFault.cutAfter(0, 1));

    assertThat(exchange(connect(), "12345")).isEmpty();
    assertThat(exchange(connect(), "12345")).isEqualTo("12345");
  }

  @Test
  void connectionsOfABlackHoleStayDeadAndNewOnesWork() throws IOException {
    Socket before = connectAndExchange();
    relay.inject(RelayFault.blackHole());
    Socket during = connect();
    send(before, "before");
    send(during, "during");
    assertNothingReceived(before);
    assertNothingReceived(during);

    relay.heal();

    assertThat(exchange(connect(), "new")).isEqualTo("new");
    send(before, "more");
    send(during, "more");
    assertNothingReceived(before);
    assertNothingReceived(during);
    assertThat(relay.openConnections()).isEqualTo(3);
    before.close();
    during.close();
    Eventually.within(Duration.ofSeconds(10)).until(relay::openConnections, n -> n == 1);
  }

  @Test
  void heldConnectionsContinueAfterHealing() throws IOException {
    Socket before = connectAndExchange();
    relay.inject(RelayFault.hold());
    Socket during = connect();
    send(before, "before");
    send(during, "during");
    assertNothingReceived(before);
    assertNothingReceived(during);

    relay.heal();

    assertThat(receive(before, 6)).isEqualTo("before");
    assertThat(receive(during, 6)).isEqualTo("during");
  }

  @Test
  void openConnectionsAreReset() throws IOException {
    Socket before = connectAndExchange();

    relay.inject(RelayFault.reset());

    assertThatThrownBy(() -> receive(before, 1))
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    assertThat(exchange(connect(), "new")).isEqualTo("new");
  }

  @Test
  void nextConnectionsAreReset() throws IOException {
    relay.inject(RelayFault.resetNext(1));

    Socket client = connect();
    assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SocketException.class);
    connectAndExchange();
    assertThat(relay.acceptedConnections()).isEqualTo(2);
  }

  @RepeatedTest(20)
  void refusedUntilHealedOnTheSamePort() throws IOException {
    Socket before = connectAndExchange();
    int port = relay.port();
    relay.inject(RelayFault.refuse());

    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    assertThat(exchange(before, "still")).isEqualTo("still");

    relay.heal();
    assertThat(relay.port()).isEqualTo(port);
    connectAndExchange();
  }

  @Test
  void bytesAreInvertedAfterTheLimit() throws IOException {
    Socket client = connectAndExchange();
    relay.inject(RelayFault.corruptAfter(2));

    assertThat(exchange(client, "abcd"))
        .isEqualTo("ab" + (char) (~'c' & 0xFF) + (char) (~'d' & 0xFF));

    relay.heal();
    assertThat(exchange(client, "abcd")).isEqualTo("abcd");
  }

  @Test
  void throttledBytesAreSlowUntilHealed() throws IOException {
    Socket client = connectAndExchange();
    relay.inject(RelayFault.throttle(100));

    long start = System.nanoTime();
    assertThat(exchange(client, "x".repeat(20))).hasSize(20);
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(190).toNanos());

    send(client, "y".repeat(5000));
    relay.heal();
    assertThat(receive(client, 5000)).hasSize(5000);
  }

  @Test
  void newConnectionsGoToTheNewServer() throws IOException {
    try (EchoServer other = new EchoServer("other:")) {
      Socket before = connectAndExchange();

      relay.retarget("127.0.0.1", other.port());

      send(connect(), "x");
      assertThat(receive(clients.get(1), 7)).isEqualTo("other:x");
      assertThat(exchange(before, "x")).isEqualTo("x");
    }
  }

  @Test
  void clientIsResetIfTheServerIsUnreachable() throws IOException {
    server.close();

    Socket client = connect();

    assertThatThrownBy(() -> receive(client, 1)).isInstanceOf(SocketException.class);
    Eventually.within(Duration.ofSeconds(10)).until(relay::openConnections, n -> n == 0);
  }

  @Test
  void manyConnectionsAreServedAtOnce() throws IOException {
    for (int i = 0; i < 600; i++) {
      send(connect(), "client " + i);
    }
    for (int i = 0; i < 600; i++) {
      String expected = "client " + i;
      assertThat(receive(clients.get(i), expected.length())).isEqualTo(expected);
    }
    assertThat(relay.openConnections()).isEqualTo(600);
  }

  @Test
  void closeEndsAllThreads() throws IOException {
    Socket client = connectAndExchange();
    relay.inject(RelayFault.delay(Duration.ofHours(1)));
    send(client, "x");
    String threads = "fault-relay-" + relay.port();

    relay.close();

    assertThat(relay.openConnections()).isZero();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith(threads + "-"));
    assertThatThrownBy(() -> relay.inject(RelayFault.reset()))
        .isInstanceOf(IllegalStateException.class);
  }
}
