package io.vminventory.vsphere;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySession;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Secret;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.testkit.tls.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Server on loopback that responds to each operation as a test scripts it. */
final class StubVcenter implements AutoCloseable {

  static final String PASSWORD = "s3cret&<>";
  private static final Pattern OPERATION = Pattern.compile("Body><(\\w+)");

  static {
    // The JDK's server sends headers and body apart, and without this holds the body back for 40 ms
    // each time. It is read when the first such server of a process starts.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Queue<Response>> responses = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<String> operations = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<String> requests = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<String> userAgents = new CopyOnWriteArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** Response to one request. */
  @FunctionalInterface
  interface Response {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  /** Over plain HTTP. */
  StubVcenter() throws Exception {
    this(HttpServer.create(loopback(), 0));
  }

  /** Over TLS. */
  StubVcenter(TestCertificates certificates) throws Exception {
    this(https(certificates));
  }

  private StubVcenter(HttpServer server) {
    this.server = server;
    on(
        "RetrieveServiceContent",
        returns(
            "<rootFolder type='Folder'>group-d1</rootFolder>"
                + "<propertyCollector type='PropertyCollector'>pc</propertyCollector>"
                + "<viewManager type='ViewManager'>vm</viewManager><later><deep/></later>"
                + "<about><fullName>Stub vCenter 9</fullName><instanceUuid>uuid</instanceUuid></about>"
                + "<sessionManager type='SessionManager'>sm</sessionManager>"));
    on(
        "Login",
        exchange -> {
          exchange.getResponseHeaders().add("Set-Cookie", "session=\"a1\"; Path=/; HttpOnly");
          returns("<key>k</key>").to(exchange);
        });
    on("CreatePropertyCollector", returns("own-pc"));
    on("CreateContainerView", returns("view"));
    on("RetrievePropertiesEx", returns(""));
    on("CreateFilter", returns("filter"));
    on("WaitForUpdatesEx", returns(""), silence());
    on("CancelWaitForUpdates", xml(200, "<CancelWaitForUpdatesResponse xmlns='urn:vim25'/>"));
    on("Logout", xml(200, "<LogoutResponse xmlns='urn:vim25'/>"));
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static HttpServer https(TestCertificates certificates) throws Exception {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
    return server;
  }

  /** Scripts the responses to an operation, one after the other; the last one repeats. */
  StubVcenter on(String operation, Response... script) {
    responses.put(operation, new ArrayDeque<>(List.of(script)));
    return this;
  }

  /** Scripts the responses to reads of machines; reads of other entities find none. */
  StubVcenter onMachines(Response... script) {
    on("machines", script);
    return on(
        "RetrievePropertiesEx",
        exchange -> {
          boolean machines = requests.get(requests.size() - 1).contains("<type>VirtualMachine<");
          (machines ? next("machines") : returns("")).to(exchange);
        });
  }

  private Response next(String operation) {
    Queue<Response> script = responses.getOrDefault(operation, new ArrayDeque<>());
    synchronized (script) {
      Response response = script.size() > 1 ? script.poll() : script.peek();
      return response == null ? status(404) : response;
    }
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Matcher matcher = OPERATION.matcher(body);
      String operation = matcher.find() ? matcher.group(1) : "";
      requests.add(exchange.getRequestHeaders().getFirst("Cookie") + " " + body);
      userAgents.add(exchange.getRequestHeaders().getFirst("User-Agent"));
      operations.add(operation);
      exchange.setAttribute("operation", operation);
      next(operation).to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The operations so far. */
  List<String> operations() {
    return operations;
  }

  /** The cookie header and the body of each request so far. */
  List<String> requests() {
    return requests;
  }

  /** The user agent of each request so far. */
  List<String> userAgents() {
    return userAgents;
  }

  int port() {
    return server.getAddress().getPort();
  }

  VsphereProvider provider(Map<String, String> more) throws InventoryException {
    return new VsphereProvider(settings(more));
  }

  /** Settings that reach it. */
  VsphereSettings settings(Map<String, String> more) throws InventoryException {
    Map<String, String> settings = new HashMap<>();
    String scheme = server instanceof HttpsServer ? "https" : "http";
    settings.put("host", scheme + "://127.0.0.1:" + port());
    settings.putAll(more);
    return VsphereSettings.of(new ProviderSettings("stub", settings));
  }

  InventorySession open(Map<String, String> more) throws Exception {
    return provider(more).open(tenant(), SessionPurpose.WATCH);
  }

  static Tenant tenant() {
    return new Tenant(new TenantId("default", "test"), "ike@x", Secret.of(PASSWORD), "test");
  }

  static Response xml(int status, String body) {
    return exchange -> {
      byte[] bytes =
          ("<soapenv:Envelope xmlns:soapenv='http://schemas.xmlsoap.org/soap/envelope/'"
                  + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><soapenv:Body>"
                  + body
                  + "</soapenv:Body></soapenv:Envelope>")
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** The operation's response with this content of {@code returnval}, or without one. */
  static Response returns(String content) {
    return exchange -> {
      String response = exchange.getAttribute("operation") + "Response";
      String value = content.isEmpty() ? "" : "<returnval type='T'>" + content + "</returnval>";
      xml(200, "<" + response + " xmlns='urn:vim25'>" + value + "</" + response + ">").to(exchange);
    };
  }

  static Response fault(String type, String text) {
    return fault(type, text, "");
  }

  /** A fault with this in its detail. */
  static Response fault(String type, String text, String detail) {
    return xml(
        500,
        "<soapenv:Fault><faultcode>ServerFaultCode</faultcode><faultstring>%s</faultstring><detail>"
                .formatted(text)
            + "<%sFault xsi:type='%s'>%s</%sFault></detail></soapenv:Fault>"
                .formatted(type, type, detail, type));
  }

  /** A response with a {@code returnval} for each object. */
  static Response returnsEach(String... contents) {
    return exchange -> {
      String response = exchange.getAttribute("operation") + "Response";
      StringBuilder values = new StringBuilder();
      for (String content : contents) {
        values.append("<returnval>").append(content).append("</returnval>");
      }
      xml(200, "<" + response + " xmlns='urn:vim25'>" + values + "</" + response + ">")
          .to(exchange);
    };
  }

  static Response status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  static Response text(String text) {
    return exchange -> {
      exchange.sendResponseHeaders(200, text.length());
      exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
    };
  }

  /** Announces more than it sends, and closes the connection. */
  static Response cut(String text) {
    return exchange -> {
      exchange.sendResponseHeaders(200, text.length() + 1000);
      exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
      exchange.getResponseBody().flush();
    };
  }

  /** Sends nothing until the test is over. */
  Response silence() {
    return exchange -> ended.await();
  }

  /** Begins a body with this, and sends nothing more until the test is over. */
  Response silenceAfter(String text) {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
      exchange.getResponseBody().flush();
      ended.await();
    };
  }

  /** Begins a body, then sends a byte now and then, without an end. */
  Response dribble() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      body.write("<Envelope><Body>".getBytes(StandardCharsets.US_ASCII));
      while (!ended.await(20, TimeUnit.MILLISECONDS)) {
        body.write(' ');
        body.flush();
      }
    };
  }

  @Override
  public void close() {
    ended.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
