package io.vminventory.vsphere;

import io.vminventory.api.InventoryException;
import io.vminventory.api.ProviderSettings;
import io.vminventory.api.server.ServerTimeouts;
import io.vminventory.api.server.ServerTrust;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * Settings of one vCenter, checked.
 *
 * @param endpoint the URL of its SOAP API, such as {@code https://vcenter.example.com/sdk}
 * @param trust which servers to trust
 * @param timeouts of requests
 * @param maxWait how long the server may hold back a response without updates, in full seconds
 * @param pageSize how many objects to request at once
 * @param maxResponseMB maximum length of a response, in MiB
 * @param quota what all sessions together may use
 */
record VsphereSettings(
    URI endpoint,
    ServerTrust trust,
    ServerTimeouts timeouts,
    Duration maxWait,
    int pageSize,
    int maxResponseMB,
    ServerLimits.Quota quota) {

  /** Settings from their texts; one exception reports all mistakes. */
  static VsphereSettings of(ProviderSettings settings) throws InventoryException {
    ProviderSettings.Reader reader = settings.read();
    URI endpoint = endpoint(reader);
    ServerTrust trust = ServerTrust.read(reader, isPlainHttp(endpoint));
    ServerTimeouts timeouts = ServerTimeouts.read(reader);
    Duration maxWait =
        reader.duration(
            "max-wait", Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofMinutes(10));
    int pageSize = number(reader, "page-size", 500, 10_000);
    int maxResponseMB = number(reader, "max-answer-mb", 64, 1_024);
    ServerLimits.Quota quota =
        new ServerLimits.Quota(
            number(reader, "max-sessions", 1_000, 10_000),
            number(reader, "max-logins-per-second", 20, 1_000),
            number(reader, "max-reads", 8, 1_000));
    reader.finish();
    return new VsphereSettings(endpoint, trust, timeouts, maxWait, pageSize, maxResponseMB, quota);
  }

  /** How to reach the server with this TLS context and with timeouts no longer than this. */
  SoapClient.Options soap(SSLContext sslContext, ServerTimeouts atMost) {
    return new SoapClient.Options(endpoint, sslContext, atMost, maxResponseMB);
  }

  /** How to reach the server. */
  SoapClient.Options soap() {
    return soap(trust.sslContext(), timeouts);
  }

  /** Whether the server is reached without TLS. */
  boolean isPlainHttp() {
    return isPlainHttp(endpoint);
  }

  private static boolean isPlainHttp(URI endpoint) {
    return endpoint.getScheme().equals("http");
  }

  /** Whether an attacker on the network path would be noticed. */
  boolean isVerified() {
    return trust.verifies() && !isPlainHttp();
  }

  /** The server as {@code host:port}, for people. */
  String server() {
    return endpoint.getHost() + ":" + port();
  }

  private int port() {
    if (endpoint.getPort() >= 0) {
      return endpoint.getPort();
    }
    return isPlainHttp() ? 80 : 443;
  }

  private static URI endpoint(ProviderSettings.Reader reader) {
    URI placeholder = URI.create("https://unknown.invalid/sdk");
    String value = reader.required("host");
    if (value.isEmpty()) {
      return placeholder;
    }
    String example = "; write for example vcenter.example.com or vcenter.example.com:8443";
    if (value.contains("@")) {
      reader.problem("host", "...", "must not contain an account; tenants have their own");
      return placeholder;
    }
    try {
      URI uri = new URI(value.contains("://") ? value : "https://" + value);
      if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
        reader.problem("host", value, "is not a host, host:port or https URL" + example);
      } else if (!uri.getScheme().equals("https") && !uri.getScheme().equals("http")) {
        reader.problem("host", value, "has neither the scheme https nor http" + example);
      } else if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
        reader.problem("host", value, "must not have a query or a fragment" + example);
      } else {
        boolean noPath = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        return uri.resolve(noPath ? "/sdk" : uri.getRawPath());
      }
    } catch (URISyntaxException e) {
      reader.problem("host", value, "is not a host, host:port or https URL" + example);
    }
    return placeholder;
  }

  private static int number(ProviderSettings.Reader reader, String name, int fallback, int max) {
    String value = reader.text(name).orElse(Integer.toString(fallback));
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // reported below with the allowed range
    }
    reader.problem(name, value, "is not a number from 1 to " + max);
    return fallback;
  }
}
