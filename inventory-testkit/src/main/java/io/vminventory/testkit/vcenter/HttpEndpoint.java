package io.vminventory.testkit.vcenter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.vminventory.testkit.tls.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** HTTP endpoint of the simulator on loopback, from one start to one stop. */
final class HttpEndpoint implements HttpHandler {

  private static final int MAX_REQUEST_BYTES = 4 << 20;
  private static final int MAX_THREADS = 2048;
  private static final int BACKLOG = 1024;
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";
  private static final String MAX_IDLE = "sun.net.httpserver.maxIdleConnections";
  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final Duration FOREVER = Duration.ofDays(1);
  private static final Pattern COOKIE = Pattern.compile("vmware_soap_session=\"?([^\";]+)");
  private static final AtomicInteger THREADS = new AtomicInteger();

  static {
    // The JDK's server sends headers and body in separate packets; without this, Nagle's algorithm
    // delays
    // the body by 40 ms. It has no effect if such a server was started in this process before.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
    // The default of 200 cuts idle connections that further clients are about to reuse.
    if (System.getProperty(MAX_IDLE) == null) {
      System.setProperty(MAX_IDLE, Integer.toString(MAX_THREADS));
    }
  }

  private final SoapService soap;
  private final Sessions sessions;
  private final Faults faults;
  private final Map<String, Integer> requests = new TreeMap<>();
  private final HttpServer http;
  private final ThreadPoolExecutor threads;

  /**
   * Starts to serve.
   *
   * @param certificates {@code null} for plain HTTP
   * @param port 0 for a free one
   */
  HttpEndpoint(
      SoapService soap,
      Sessions sessions,
      Faults faults,
      @Nullable TestCertificates certificates,
      int port)
      throws IOException {
    this.soap = soap;
    this.sessions = sessions;
    this.faults = faults;
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port);
    if (certificates == null) {
      http = HttpServer.create(address, BACKLOG);
    } else {
      HttpsServer https = HttpsServer.create(address, BACKLOG);
      https.setHttpsConfigurator(new HttpsConfigurator(certificates.serverContext()));
      http = https;
    }
    threads =
        new ThreadPoolExecutor(
            0,
            MAX_THREADS,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> new Thread(task, "vcenter-simulator-" + THREADS.incrementAndGet()));
    http.setExecutor(threads);
    http.createContext("/", this);
    http.start();
  }

  int port() {
    return http.getAddress().getPort();
  }

  /** Cuts all connections and ends all threads, within a few seconds. */
  void stop() {
    faults.release();
    threads.shutdownNow();
    http.stop(0);
    try {
      if (!threads.awaitTermination(5, TimeUnit.SECONDS)) {
        throw new IllegalStateException("threads of the simulator did not end within 5 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The number of calls of each method. */
  Map<String, Integer> requests() {
    synchronized (requests) {
      return new TreeMap<>(requests);
    }
  }

  void resetRequestCounts() {
    synchronized (requests) {
      requests.clear();
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/sdk")) {
        send(exchange, 404, "text/plain", "not found");
      } else if (!exchange.getRequestMethod().equals("POST")) {
        send(exchange, 405, "text/plain", "only POST is allowed");
      } else {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES + 1);
        if (body.length > MAX_REQUEST_BYTES) {
          send(exchange, 413, "text/plain", "the request is too large");
        } else {
          post(exchange, body);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void post(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
    XmlElement request;
    try {
      request = SoapService.method(body);
    } catch (XMLStreamException e) {
      send(exchange, SoapService.fault(SoapFault.invalidRequest("not SOAP: " + e.getMessage())));
      return;
    }
    synchronized (requests) {
      requests.merge(request.name(), 1, Integer::sum);
    }
    Optional<SimulatedFault> fault = faults.take(request.name());
    if (fault.isPresent()) {
      fail(exchange, request, fault.get());
    } else if (request.name().equals("Login") && sessions.isFull()) {
      send(exchange, 503, "text/plain", "too many sessions");
    } else {
      send(exchange, call(exchange, request));
    }
  }

  private void fail(HttpExchange exchange, XmlElement request, SimulatedFault fault)
      throws IOException, InterruptedException {
    if (fault instanceof SimulatedFault.HttpStatus http) {
      send(exchange, http.status(), "text/plain", "injected fault");
    } else if (fault instanceof SimulatedFault.Soap named) {
      DataObject detail = DataObject.of(named.name());
      send(exchange, SoapService.fault(new SoapFault(named.message(), detail)));
    } else if (fault instanceof SimulatedFault.Garbage) {
      send(exchange, 200, "text/html", "<html><body><p>Welcome<br></body></html>");
    } else if (fault instanceof SimulatedFault.Cut cut) {
      SoapService.SoapResponse response = call(exchange, request);
      if (cut.bodyBytes() > 0) {
        headers(exchange, response);
        OutputStream out = exchange.getResponseBody();
        response.envelope().writeTo(out, Math.min(cut.bodyBytes(), response.envelope().size() - 1));
        out.flush();
      }
    } else if (fault instanceof SimulatedFault.Delay delay) {
      faults.hold(delay.time());
      send(exchange, call(exchange, request));
    } else if (fault instanceof SimulatedFault.NoResponse) {
      faults.hold(FOREVER);
    } else if (fault instanceof SimulatedFault.NotAuthenticatedPerProperty) {
      send(exchange, call(exchange, request, true));
    }
  }

  private SoapService.SoapResponse call(HttpExchange exchange, XmlElement request)
      throws InterruptedException {
    return call(exchange, request, false);
  }

  private SoapService.SoapResponse call(
      HttpExchange exchange, XmlElement request, boolean unauthenticated)
      throws InterruptedException {
    String agent = exchange.getRequestHeaders().getFirst("User-Agent");
    return soap.call(
        request,
        cookie(exchange),
        exchange.getRemoteAddress().getAddress().getHostAddress(),
        agent == null ? "" : agent,
        unauthenticated);
  }

  private static @Nullable String cookie(HttpExchange exchange) {
    for (String header : exchange.getRequestHeaders().getOrDefault("Cookie", List.of())) {
      Matcher matcher = COOKIE.matcher(header);
      if (matcher.find()) {
        return matcher.group(1);
      }
    }
    return null;
  }

  private static void headers(HttpExchange exchange, SoapService.SoapResponse response)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/xml; charset=utf-8");
    response
        .cookie()
        .ifPresent(
            cookie ->
                exchange
                    .getResponseHeaders()
                    .set("Set-Cookie", "vmware_soap_session=\"" + cookie + "\"; Path=/; HttpOnly"));
    exchange.sendResponseHeaders(response.isFault() ? 500 : 200, response.envelope().size());
  }

  private static void send(HttpExchange exchange, SoapService.SoapResponse response)
      throws IOException {
    headers(exchange, response);
    response.envelope().writeTo(exchange.getResponseBody(), response.envelope().size());
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
