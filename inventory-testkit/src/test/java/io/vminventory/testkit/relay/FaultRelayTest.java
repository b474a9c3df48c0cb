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

  private static final int PATIENCE_MILLIS = 10_000;
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
    client.setSoTimeout(PATIENCE_MILLIS);
    clients.add(client);
    return client;
  }

  private Socket connectAndTalk() throws IOException {
    Socket client = connect();
    assertThat(ask(client, "hi")).isEqualTo("hi");
    return client;
  }

  private static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(ISO_8859_1));
  }

  /** As many bytes as that, fewer at the end of the connection. */
  private static String hear(Socket client, int bytes) throws IOException {
    return new String(client.getInputStream().readNBytes(bytes), ISO_8859_1);
  }

  private static String ask(Socket client, String text) throws IOException {
    say(client, text);
    return hear(client, text.length());
  }

  private static void assertSilent(Socket client) throws IOException {
    client.setSoTimeout(SILENCE_MILLIS);
    assertThatThrownBy(() -> client.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    client.setSoTimeout(PATIENCE_MILLIS);
  }

  @Test
  void bytesPassAndAreCounted() throws IOException {
    Socket client = connectAndTalk();

    assertThat(relay.openConnections()).isEqualTo(1);
    assertThat(relay.acceptedConnections()).isEqualTo(1);
    assertThat(relay.bytesToServer()).isEqualTo(2);
    Eventually.within(Duration.ofSeconds(10)).until(relay::bytesToClient, n -> n == 2);

    client.close();
    Eventually.within(Duration.ofSeconds(10)).until(relay::openConnections, n -> n == 0);
  }

  @Test
  void endOfOneDirectionPassesAlone() throws IOException {
    Socket client = connect();
    say(client, "last words");
    client.shutdownOutput();

    assertThat(hear(client, 100)).isEqualTo("last words");
    Eventually.within(Duration.ofSeconds(10)).until(relay::openConnections, n -> n == 0);
  }

  @Test
  void delayCountsForOpenConnectionsUntilItIsHealed() throws IOException {
    Socket client = connectAndTalk();
    relay.inject(RelayFault.delay(Duration.ofMillis(60)));

    long start = System.nanoTime();
    assertThat(ask(client, "slow")).isEqualTo("slow");
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(120).toNanos());

    relay.inject(RelayFault.delay(Duration.ofHours(1)));
    say(client, "x");
    assertSilent(client);
    relay.heal();
    assertThat(hear(client, 1)).isEqualTo("x");
  }

  @Test
  void connectionIsCutAfterSomeBytes() throws IOException {
    Socket old = connectAndTalk();
    relay.inject(RelayFault.cutAfter(3));

    assertThat(ask(old, "12345")).isEqualTo("123");
    assertThat(ask(connect(), "123")).isEqualTo("123");
    relay.heal();
    assertThat(ask(connect(), "12345")).isEqualTo("12345");
  }

  @Test
  void onlySoManyConnectionsAreCut() throws IOException {
    relay.inject(RelayFault.cutAfter(0, 1));

    assertThat(ask(connect(), "12345")).isEmpty();
    assertThat(ask(connect(), "12345")).isEqualTo("12345");
  }

  @Test
  void connectionsOfABlackHoleStayDeadAndNewOnesWork() throws IOException {
    Socket old = connectAndTalk();
    relay.inject(RelayFault.blackHole());
    Socket born = connect();
    say(old, "old");
    say(born, "born");
    assertSilent(old);
    assertSilent(born);

    relay.heal();

    assertThat(ask(connect(), "new")).isEqualTo("new");
    say(old, "more");
    say(born, "more");
    assertSilent(old);
    assertSilent(born);
    assertThat(relay.openConnections()).isEqualTo(3);
    old.close();
    born.close();
    Eventually.within(Duration.ofSeconds(10)).until(relay::openConnections, n -> n == 1);
  }

  @Test
  void heldConnectionsGoOnAfterwards() throws IOException {
    Socket old = connectAndTalk();
    relay.inject(RelayFault.hold());
    Socket born = connect();
    say(old, "old");
    say(born, "born");
    assertSilent(old);
    assertSilent(born);

    relay.heal();

    assertThat(hear(old, 3)).isEqualTo("old");
    assertThat(hear(born, 4)).isEqualTo("born");
  }

  @Test
  void openConnectionsAreReset() throws IOException {
    Socket old = connectAndTalk();

    relay.inject(RelayFault.reset());

    assertThatThrownBy(() -> hear(old, 1))
        .isInstanceOf(SocketException.class)
        .hasMessageContaining("reset");
    assertThat(ask(connect(), "new")).isEqualTo("new");
  }

  @Test
  void nextConnectionsAreReset() throws IOException {
    relay.inject(RelayFault.resetNext(1));

    Socket client = connect();
    assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketException.class);
    connectAndTalk();
    assertThat(relay.acceptedConnections()).isEqualTo(2);
  }

  @RepeatedTest(20)
  void refusedUntilHealedOnTheSamePort() throws IOException {
    Socket old = connectAndTalk();
    int port = relay.port();
    relay.inject(RelayFault.refuse());

    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
    assertThat(ask(old, "still")).isEqualTo("still");

    relay.heal();
    assertThat(relay.port()).isEqualTo(port);
    connectAndTalk();
  }

  @Test
  void bytesAreInvertedAfterSome() throws IOException {
    Socket client = connectAndTalk();
    relay.inject(RelayFault.corruptAfter(2));

    assertThat(ask(client, "abcd")).isEqualTo("ab" + (char) (~'c' & 0xFF) + (char) (~'d' & 0xFF));

    relay.heal();
    assertThat(ask(client, "abcd")).isEqualTo("abcd");
  }

  @Test
  void throttledBytesAreSlowUntilHealed() throws IOException {
    Socket client = connectAndTalk();
    relay.inject(RelayFault.throttle(100));

    long start = System.nanoTime();
    assertThat(ask(client, "x".repeat(20))).hasSize(20);
    assertThat(System.nanoTime() - start).isGreaterThan(Duration.ofMillis(190).toNanos());

    say(client, "y".repeat(5000));
    relay.heal();
    assertThat(hear(client, 5000)).hasSize(5000);
  }

  @Test
  void newConnectionsGoToTheNewServer() throws IOException {
    try (EchoServer other = new EchoServer("other:")) {
      Socket old = connectAndTalk();

      relay.retarget("127.0.0.1", other.port());

      say(connect(), "x");
      assertThat(hear(clients.get(1), 7)).isEqualTo("other:x");
      assertThat(ask(old, "x")).isEqualTo("x");
    }
  }

  @Test
  void clientIsResetIfThereIsNoServer() throws IOException {
    server.close();

    Socket client = connect();

    assertThatThrownBy(() -> hear(client, 1)).isInstanceOf(SocketException.class);
    Eventually.within(Duration.ofSeconds(10)).until(relay::openConnections, n -> n == 0);
  }

  @Test
  void manyConnectionsAreServedAtOnce() throws IOException {
    for (int i = 0; i < 600; i++) {
      say(connect(), "client " + i);
    }
    for (int i = 0; i < 600; i++) {
      String expected = "client " + i;
      assertThat(hear(clients.get(i), expected.length())).isEqualTo(expected);
    }
    assertThat(relay.openConnections()).isEqualTo(600);
  }

  @Test
  void closedRelayHasNoThreadsLeft() throws IOException {
    Socket client = connectAndTalk();
    relay.inject(RelayFault.delay(Duration.ofHours(1)));
    say(client, "x");
    String threads = "fault-relay-" + relay.port();

    relay.close();

    assertThat(relay.openConnections()).isZero();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith(threads + "-"));
    assertThatThrownBy(() -> relay.inject(RelayFault.reset()))
        .isInstanceOf(IllegalStateException.class);
  }
}
