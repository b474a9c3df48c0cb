package io.vminventory.vsphere;

import io.vminventory.api.InventoryException;
import io.vminventory.api.ProviderSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;

/**
 * What an administrator configured for one vCenter, checked.
 *
 * @param endpoint where SOAP is spoken, such as {@code https://vcenter.example.com/sdk}
 * @param trust whom to believe
 * @param connectTimeout for a connection to be made
 * @param requestTimeout for a whole call, the body of its answer included
 * @param pageSize how many objects to ask for at once
 * @param pollInterval the least time between two reads of one session
 */
record VsphereSettings(
    URI endpoint,
    ServerTrust trust,
    Duration connectTimeout,
    Duration requestTimeout,
    int pageSize,
    Duration pollInterval) {

  private static final int MOST_PER_PAGE = 10_000;

  static VsphereSettings of(ProviderSettings settings) throws InventoryException {
    ProviderSettings.Reader reader = settings.read();
    URI endpoint = endpoint(reader);
    ServerTrust trust = TrustSettings.read(reader, isPlain(endpoint));
    Duration requestTimeout =
        reader.duration(
            "request-timeout", Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofHours(1));
    Duration connectTimeout =
        reader.duration(
            "connect-timeout",
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofMinutes(5));
    Duration pollInterval =
        reader.duration(
            "poll-interval", Duration.ofSeconds(10), Duration.ofMillis(100), Duration.ofDays(1));
    int pageSize = pageSize(reader);

    reader.finish();
    return new VsphereSettings(
        endpoint, trust, connectTimeout, requestTimeout, pageSize, pollInterval);
  }

  private static boolean isPlain(URI endpoint) {
    return endpoint.getScheme().equals("http");
  }

  /** Whether somebody in between would be noticed. */
  boolean verified() {
    return trust.verifies() && !isPlain(endpoint);
  }

  /** {@code host:port} of a server, for people. */
  String server() {
    return endpoint.getHost() + ":" + port();
  }

  private int port() {
    if (endpoint.getPort() >= 0) {
      return endpoint.getPort();
    }
    return isPlain(endpoint) ? 80 : 443;
  }

  private static URI endpoint(ProviderSettings.Reader reader) {
    URI none = URI.create("https://unknown.invalid/sdk");
    String value = reader.required("host");
    if (value.isEmpty()) {
      return none;
    }
    String remedy = "; write for example vcenter.example.com or vcenter.example.com:8443";
    if (value.contains("@")) {
      reader.problem("host", "...", "must not hold an account; accounts belong to tenants");
      return none;
    }
    try {
      URI uri = new URI(value.contains("://") ? value : "https://" + value);
      if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65_535) {
        reader.problem("host", value, "is not a host, host:port or https URL" + remedy);
      } else if (!uri.getScheme().equals("https") && !uri.getScheme().equals("http")) {
        reader.problem("host", value, "has neither the scheme https nor http" + remedy);
      } else if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
        reader.problem("host", value, "must not have a query or a fragment" + remedy);
      } else {
        boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        return uri.resolve(bare ? "/sdk" : uri.getRawPath());
      }
    } catch (URISyntaxException e) {
      reader.problem("host", value, "is not a host, host:port or https URL" + remedy);
    }
    return none;
  }

  private static int pageSize(ProviderSettings.Reader reader) {
    String value = reader.text("page-size").orElse("500");
    try {
      int size = Integer.parseInt(value);
      if (size >= 1 && size <= MOST_PER_PAGE) {
        return size;
      }
    } catch (NumberFormatException notANumber) {
      // said below, with what would be right
    }
    reader.problem("page-size", value, "is not a number from 1 to " + MOST_PER_PAGE);
    return 1;
  }
}
