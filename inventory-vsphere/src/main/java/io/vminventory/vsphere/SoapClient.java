package io.vminventory.vsphere;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * The wire to one server, shared by all its sessions: connections, trust, time-outs. Thread-safe.
 * It holds no session, follows no redirect, sends nothing twice, and its threads are daemons that
 * end with it.
 */
final class SoapClient {

  /** The oldest version of the API that has all that is read; every later server speaks it. */
  private static final String SOAP_ACTION = "\"urn:vim25/6.0\"";

  private final HttpClient http;
  private final URI endpoint;
  private final Duration requestTimeout;
  private final LongAdder roundTrips = new LongAdder();

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

  /** Sends a request that has this time for everything: connection, answer, all of its body. */
  Exchange send(SoapRequest request, String cookies, Duration timeout) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(endpoint)
            .timeout(timeout)
            .header("Content-Type", "text/xml; charset=utf-8")
            .header("SOAPAction", SOAP_ACTION)
            .POST(BodyPublishers.ofByteArray(request.toBytes()));
    if (!cookies.isEmpty()) {
      builder.header("Cookie", cookies);
    }
    roundTrips.increment();
    return new Exchange(http, builder.build(), request.operation(), Deadline.in(timeout));
  }

  /** How many requests were sent since this client was made. */
  long roundTrips() {
    return roundTrips.sum();
  }
}
