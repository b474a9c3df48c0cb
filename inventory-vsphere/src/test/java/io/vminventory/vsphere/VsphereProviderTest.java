package io.vminventory.vsphere;

import static io.vminventory.vsphere.StubVcenter.PASSWORD;
import static io.vminventory.vsphere.StubVcenter.fault;
import static io.vminventory.vsphere.StubVcenter.returns;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Secret;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

@Timeout(60)
@Tag("embedded")
class VsphereProviderTest {

  private StubVcenter stub;

  @BeforeEach
  void start() throws Exception {
    stub = new StubVcenter();
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  private InventoryException refusal() {
    return refusal(stub, Map.of());
  }

  private static InventoryException refusal(StubVcenter stub, Map<String, String> settings) {
    InventoryException refusal =
        catchThrowableOfType(InventoryException.class, () -> stub.open(settings).close());
    StringWriter all = new StringWriter();
    refusal.printStackTrace(new PrintWriter(all));
    assertThat(all.toString()).doesNotContain("s3cret");
    assertThat(refusal).hasMessageContaining("127.0.0.1:" + stub.port());
    return refusal;
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidLogin, DENIED, correct user name",
    "NoPermission, DENIED, Read-only",
    "PasswordExpired, DENIED, correct user name",
    "NotAuthenticated, UNAVAILABLE, log in again",
    "SystemError, INTERNAL, SystemError: It said so.",
    "NeverHeardOf, INTERNAL, NeverHeardOf: It said so.",
  })
  void refusedLoginIsReportedByItsFault(String fault, Failure failure, String message) {
    stub.on("Login", fault(fault, "It said so."));
    assertThat(refusal().failure()).isEqualTo(failure);
    assertThat(refusal()).hasMessageContaining(message);
    assertThat(stub.operations()).doesNotContain("Logout");
  }

  @ParameterizedTest
  @ValueSource(strings = {"user", "Login", "InvalidLogin", ""})
  void refusalOfAPasswordThatIsPartOfTheFaultIsStillARefusal(String password) throws Exception {
    stub.on("Login", fault("InvalidLogin", "incorrect user name or password"));
    Tenant tenant = new Tenant(new TenantId("d", "t"), "ike", Secret.of(password), "t");
    VsphereProvider provider = stub.provider(Map.of());
    assertThat(
            catchThrowableOfType(
                    InventoryException.class, () -> provider.open(tenant, SessionPurpose.WATCH))
                .failure())
        .isEqualTo(Failure.DENIED);
  }

  @Test
  void requestsNameTheirClient() throws Exception {
    stub.open(Map.of()).close();
    assertThat(stub.userAgents()).containsOnly("vminventory");
  }

  @Test
  void faultWithThePasswordIsNotPassedOn() {
    stub.on("Login", fault("SystemError", "bad password s3cret&amp;&lt;&gt; of ike"));
    assertThat(refusal().failure()).isEqualTo(Failure.INTERNAL);
  }

  @Test
  void brokenXmlWithThePasswordIsNotPassedOn() {
    stub.on("Login", StubVcenter.text("<Envelope><Body><LoginResponse><s3cret></LoginResponse>"));
    assertThat(refusal().failure()).isEqualTo(Failure.MISCONFIGURED);
  }

  @Test
  void serverTextsCannotForgeLogLines() {
    stub.on("Login", fault("SystemError", "x\n2026 ERROR fake " + "y".repeat(9000)));
    assertThat(refusal().getMessage()).doesNotContain("\n").hasSizeLessThan(600);
  }

  @Test
  void faultWithoutTypeIsKnownByItsElement() {
    stub.on(
        "Login",
        StubVcenter.xml(
            500,
            "<Fault><faultstring>no</faultstring><detail><InvalidLoginFault/></detail></Fault>"));
    assertThat(refusal().failure()).isEqualTo(Failure.DENIED);
  }

  @ParameterizedTest
  @CsvSource({
    "503, UNAVAILABLE",
    "502, UNAVAILABLE",
    "429, UNAVAILABLE",
    "404, MISCONFIGURED",
    "401, MISCONFIGURED",
    "500, UNAVAILABLE",
    "204, MISCONFIGURED",
    "302, MISCONFIGURED",
  })
  void httpStatusIsReported(int status, Failure failure) {
    stub.on("RetrieveServiceContent", StubVcenter.status(status));
    assertThat(refusal().failure()).isEqualTo(failure);
    assertThat(stub.operations()).containsOnly("RetrieveServiceContent");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><body><p>Welcome<br></body></html>",
        "<html/>",
        "{\"a\":1}",
        "<Envelope/>",
        "<Envelope><Body/></Envelope>",
        "<Envelope><Body><OtherResponse/></Body></Envelope>",
        "<!DOCTYPE html><html/>",
        "<Envelope><Body><RetrieveServiceContentResponse/></Body></Envelope>",
      })
  void serverThatIsNotAVcenterIsReportedAndGetsNoPassword(String text) {
    stub.on("RetrieveServiceContent", StubVcenter.text(text));
    assertThat(refusal().failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(refusal()).hasMessageContaining("does not answer like a vCenter");
    assertThat(stub.operations()).doesNotContain("Login");
  }

  @Test
  void passwordIsNotSentToAnotherHost() throws Exception {
    try (StubVcenter other = new StubVcenter()) {
      stub.on(
          "Login",
          exchange -> {
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:" + other.port());
            exchange.sendResponseHeaders(307, -1);
          });
      assertThat(refusal().failure()).isEqualTo(Failure.MISCONFIGURED);
      assertThat(other.operations()).isEmpty();
    }
  }

  @Test
  void hostWithoutVcenterIsReported() {
    stub.on(
        "RetrieveServiceContent",
        returns(
            "<rootFolder type='Folder'>ha-folder-root</rootFolder>"
                + "<propertyCollector type='PropertyCollector'>pc</propertyCollector>"
                + "<viewManager type='ViewManager'>vm</viewManager>"
                + "<about><name>VMware ESXi</name><version>8.0.2</version></about>"
                + "<sessionManager type='SessionManager'>sm</sessionManager>"));
    assertThat(refusal().failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(refusal()).hasMessageContaining("'VMware ESXi 8.0.2'");
    assertThat(stub.operations()).doesNotContain("Login");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CreatePropertyCollector", "CreateContainerView"})
  void halfOpenSessionIsLoggedOut(String operation) {
    stub.on(operation, fault("SystemError", "no"));
    refusal();
    assertThat(Collections.frequency(stub.operations(), "Logout")).isEqualTo(1);
  }

  @Test
  void loginWithoutAResponseIsLoggedOut() {
    stub.on(
        "RetrieveServiceContent",
        exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", "session=early");
          returns(
                  "<rootFolder type='Folder'>d1</rootFolder>"
                      + "<propertyCollector type='PropertyCollector'>pc</propertyCollector>"
                      + "<viewManager type='ViewManager'>vm</viewManager>"
                      + "<about><instanceUuid>uuid</instanceUuid></about>"
                      + "<sessionManager type='SessionManager'>sm</sessionManager>")
              .to(exchange);
        });
    stub.on("Login", StubVcenter.cut("<Envelope>"));
    assertThat(refusal().failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(stub.operations()).endsWith("Logout");
  }

  @Test
  void unknownHostAndClosedPortAreUnavailable() throws Exception {
    int port = stub.port();
    stub.close();
    InventoryException refused = refusal(stub, Map.of());
    assertThat(refused.failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(refused).hasMessageContaining("refuses connections").hasMessageContaining("" + port);

    InventoryException unknown =
        catchThrowableOfType(
            InventoryException.class, () -> stub.open(Map.of("host", "no-such-host.invalid")));
    assertThat(unknown.failure()).isEqualTo(Failure.UNAVAILABLE);
    assertThat(unknown).hasMessageContaining("no-such-host.invalid:443 cannot be resolved");
  }

  @Test
  void portWithoutTlsIsReported() throws Exception {
    InventoryException refused = refusalBy("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    assertThat(refused.failure()).isEqualTo(Failure.MISCONFIGURED);
    assertThat(refused).hasMessageContaining("TLS");
  }

  @Test
  void connectionCutDuringTheHandshakeIsUnavailable() throws Exception {
    assertThat(refusalBy("").failure()).isEqualTo(Failure.UNAVAILABLE);
  }

  /** A server that responds to the first bytes of a handshake with this text, and disconnects. */
  private InventoryException refusalBy(String text) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> responded =
          CompletableFuture.runAsync(
              () -> {
                try (Socket socket = server.accept()) {
                  int unused = socket.getInputStream().read(new byte[8192]);
                  socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      InventoryException refused =
          catchThrowableOfType(
              InventoryException.class,
              () -> stub.open(Map.of("host", "127.0.0.1:" + server.getLocalPort())));
      responded.get(5, TimeUnit.SECONDS);
      return refused;
    }
  }

  @Test
  void interruptedThreadClosesItsConnection() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      VsphereProvider provider =
          stub.provider(Map.of("host", "http://127.0.0.1:" + server.getLocalPort()));
      FutureTask<Throwable> open =
          new FutureTask<>(
              () ->
                  catchThrowable(() -> provider.open(StubVcenter.tenant(), SessionPurpose.WATCH)));
      Thread caller = new Thread(open, "caller");
      caller.start();
      try (Socket socket = server.accept()) {
        socket.setSoTimeout(10_000);
        assertThat(socket.getInputStream().read()).isPositive();
        caller.interrupt();

        assertThat(socket.getInputStream().readAllBytes()).as("all, to its end").isNotEmpty();
      }
      assertThat(open.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void passwordThatXmlCannotHoldIsRefusedWithoutARequest() throws Exception {
    Tenant tenant = new Tenant(new TenantId("d", "t"), "ike", Secret.of("s3cret\u0007"), "t");
    InventoryException refused =
        catchThrowableOfType(
            InventoryException.class,
            () -> stub.provider(Map.of()).open(tenant, SessionPurpose.WATCH));
    assertThat(refused.failure()).isEqualTo(Failure.DENIED);
    assertThat(refused).hasMessageNotContaining("s3cret");
    assertThat(stub.operations()).isEmpty();
  }

  @Test
  void passwordIsInNoLogAtAnyLevel() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    root.addAppender(log);
    root.setLevel(Level.TRACE);
    try (InventorySession session = stub.open(Map.of())) {
      session.next(Duration.ZERO);
      assertThat(session.toString()).doesNotContain("s3cret");
    } finally {
      root.setLevel(before);
      root.detachAppender(log);
    }
    assertThat(stub.requests()).anyMatch(request -> request.contains("s3cret&amp;&lt;&gt;"));
    assertThat(PASSWORD).contains("s3cret");
    assertThat(log.list).noneMatch(event -> event.getFormattedMessage().contains("s3cret"));
  }
}
