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

  /** By this much an answer may be late after the longest wait that was asked for. */
  private static final Duration MARGIN = Duration.ofSeconds(10);

  private final HttpClient http;
  private final URI endpoint;
  private final RequestTimeouts patience;

  SoapClient(VsphereSettings settings) {
    endpoint = settings.endpoint();
    patience = settings.patience();
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
    return send(request, cookies, patience);
  }

  /** Sends a request that is answered soon or not at all: at most in this time. */
  Exchange send(SoapRequest request, String cookies, Duration atMost) {
    return send(request, cookies, patience.atMost(atMost));
  }

  /** Sends a request that the server may hold back for this time before it answers. */
  Exchange sendWait(SoapRequest request, String cookies, Duration wait) {
    return send(request, cookies, patience.afterWaiting(wait, MARGIN));
  }

  private Exchange send(SoapRequest request, String cookies, RequestTimeouts limits) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("SOAPAction", SOAP_ACTION)
            .header("User-Agent", USER_AGENT)
            .POST(BodyPublishers.ofByteArray(request.toBytes()));
    if (!cookies.isEmpty()) {
      builder.header("Cookie", cookies);
    }
    return new Exchange(http, builder.build(), request.operation(), limits);
  }
}
