package io.vminventory.vsphere;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.time.Duration;

/**
 * The wire to one server, shared by all its sessions: connections, trust, time-outs. Thread-safe.
 * It holds no session, follows no redirect, sends nothing twice, and its threads are daemons that
 * end with it.
 */
final class SoapClient {

  /** The oldest version of the API that has all that is read; every later server speaks it. */
  private static final String SOAP_ACTION = "\"urn:vim25/6.0\"";

  /** By this name administrators find the sessions in the vCenter's own list. */
  private static final String USER_AGENT = "vminventory";

  private final HttpClient http;
  private final URI endpoint;
  private final Duration requestTimeout;

  SoapClient(VsphereSettings settings) {
    endpoint = settings.endpoint();
    requestTimeout = settings.requestTimeout();
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.connectTimeout());
    try {
      http = builder.sslContext(settings.trust().context()).build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform has no TLS", e);
    }
  }

  /** Sends a request that has the configured time for everything. */
  Exchange send(SoapRequest request, String cookies) {
    return send(request, cookies, requestTimeout);
  }

  /**
   * Sends a request that has the configured time for everything: connection, answer, all of its
   * body; but at most this time.
   */
  Exchange send(SoapRequest request, String cookies, Duration atMost) {
    Duration timeout = atMost.compareTo(requestTimeout) < 0 ? atMost : requestTimeout;
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(endpoint)
            .timeout(timeout)
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("SOAPAction", SOAP_ACTION)
            .header("User-Agent", USER_AGENT)
            .POST(BodyPublishers.ofByteArray(request.toBytes()));
    if (!cookies.isEmpty()) {
      builder.header("Cookie", cookies);
    }
    return new Exchange(http, builder.build(), request.operation(), Deadline.in(timeout));
  }
}
