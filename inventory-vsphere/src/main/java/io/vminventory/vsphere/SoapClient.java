package io.vminventory.vsphere;

import io.vminventory.api.server.ServerTimeouts;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * HTTP client of one server, shared by all its sessions. Thread-safe. It holds no session, follows
 * no redirect and sends no request twice. Waits for the JDK's client are bounded: its connect
 * timeout ends connecting, and {@link Exchange} everything after it.
 */
final class SoapClient implements AutoCloseable {

  /** The oldest version of the API that has all that is read; every later server supports it. */
  private static final String SOAP_ACTION = "\"urn:vim25/6.0\"";

  /** By this name administrators find the sessions in vCenter's own list. */
  private static final String USER_AGENT = "vminventory";

  /** How late a response may be after the longest wait that was requested. */
  private static final Duration MAX_DELAY_AFTER_WAIT = Duration.ofSeconds(10);

  private volatile @Nullable HttpClient http;
  private final URI endpoint;
  private final RequestTimeouts timeouts;
  private final int maxResponseMB;

  /**
   * How to reach a server.
   *
   * @param endpoint the URL of its SOAP API
   * @param sslContext which decides whether to trust it
   * @param timeouts of requests
   * @param maxResponseMB maximum length of a response, in MiB
   */
  record Options(URI endpoint, SSLContext sslContext, ServerTimeouts timeouts, int maxResponseMB) {}

  SoapClient(Options options) {
    endpoint = options.endpoint();
    timeouts = RequestTimeouts.of(options.timeouts());
    maxResponseMB = options.maxResponseMB();
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.timeouts().connect())
            .sslContext(options.sslContext())
            .build();
  }

  /**
   * Sends a request with the configured timeouts.
   *
   * @param cookies the value of the header {@code Cookie}, empty for none
   */
  Exchange send(SoapRequest request, String cookies) {
    return send(request, cookies, timeouts);
  }

  /** Sends a request with timeouts no longer than this. */
  Exchange send(SoapRequest request, String cookies, Duration atMost) {
    return send(request, cookies, timeouts.atMost(atMost));
  }

  /** Sends a request that the server may hold back for this time before it responds. */
  Exchange sendWait(SoapRequest request, String cookies, Duration wait) {
    return send(request, cookies, timeouts.afterWaiting(wait, MAX_DELAY_AFTER_WAIT));
  }

  private Exchange send(SoapRequest request, String cookies, RequestTimeouts each) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("SOAPAction", SOAP_ACTION)
            .header("User-Agent", USER_AGENT)
            .POST(BodyPublishers.ofByteArray(request.toBytes()));
    if (!cookies.isEmpty()) {
      builder.header("Cookie", cookies);
    }
    return new Exchange(http, builder.build(), request.operation(), each, maxResponseMB);
  }

  /**
   * Lets further requests fail. The JDK's client cannot be closed in Java 17: its idle connections
   * and its daemon thread end once it is unreachable. Idempotent.
   */
  @Override
  public void close() {
    http = null;
  }
}
