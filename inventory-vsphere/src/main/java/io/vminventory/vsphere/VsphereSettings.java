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
 * @param silenceTimeout for the server to say something, within a call
 * @param requestTimeout for a whole call, the body of its answer included
 * @param maxWait how long one call asks the server to wait for updates, in full seconds
 * @param pageSize how many objects to ask for at once
 * @param answerMB how long one answer may be, in MiB
 * @param limits what all sessions together may ask of the server
 */
record VsphereSettings(
    URI endpoint,
    ServerTrust trust,
    Duration connectTimeout,
    Duration silenceTimeout,
    Duration requestTimeout,
    Duration maxWait,
    int pageSize,
    int answerMB,
    Limits limits) {

  /**
   * What all sessions together may ask of one server.
   *
   * @param sessions how many there may be at once
   * @param loginsPerSecond how many logins may begin in a second
   * @param reads how many complete reads may be under way at once
   */
  record Limits(int sessions, int loginsPerSecond, int reads) {}

  private static final Duration SHORTEST = Duration.ofMillis(100);

  static VsphereSettings of(ProviderSettings settings) throws InventoryException {
    ProviderSettings.Reader reader = settings.read();
    URI endpoint = endpoint(reader);
    ServerTrust trust = TrustSettings.read(reader, isPlain(endpoint));
    Duration connectTimeout =
        reader.duration("connect-timeout", Duration.ofSeconds(10), SHORTEST, Duration.ofMinutes(5));
    Duration silenceTimeout =
        reader.duration("silence-timeout", Duration.ofSeconds(20), SHORTEST, Duration.ofHours(1));
    Duration requestTimeout =
        reader.duration("request-timeout", Duration.ofSeconds(60), SHORTEST, Duration.ofHours(1));
    Duration maxWait =
        reader.duration(
            "max-wait", Duration.ofSeconds(15), Duration.ofSeconds(1), Duration.ofMinutes(10));
    int pageSize = number(reader, "page-size", 500, 10_000);
    int answerMB = number(reader, "max-answer-mb", 64, 1_024);
    Limits limits =
        new Limits(
            number(reader, "max-sessions", 1_000, 10_000),
            number(reader, "max-logins-per-second", 20, 1_000),
            number(reader, "max-reads", 8, 1_000));

    reader.finish();
    return new VsphereSettings(
        endpoint,
        trust,
        connectTimeout,
        silenceTimeout,
        requestTimeout,
        maxWait,
        pageSize,
        answerMB,
        limits);
  }

  /** How long to wait for an answer that the server need not hold back. */
  RequestTimeouts patience() {
    return new RequestTimeouts(silenceTimeout, silenceTimeout, requestTimeout, answerMB)
        .atMost(requestTimeout);
  }

  /** The same for a short look: nothing takes longer than this, and this is whom to believe. */
  VsphereSettings looking(ServerTrust witness, Duration atMost) {
    return new VsphereSettings(
        endpoint,
        witness,
        least(connectTimeout, atMost),
        least(silenceTimeout, atMost),
        least(requestTimeout, atMost),
        maxWait,
        pageSize,
        answerMB,
        limits);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Whether it is reached without TLS. */
  boolean plain() {
    return isPlain(endpoint);
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

  private static int number(ProviderSettings.Reader reader, String name, int fallback, int most) {
    String value = reader.text(name).orElse(Integer.toString(fallback));
    try {
      int number = Integer.parseInt(value);
      if (number >= 1 && number <= most) {
        return number;
      }
    } catch (NumberFormatException notANumber) {
      // said below, with what would be right
    }
    reader.problem(name, value, "is not a number from 1 to " + most);
    return fallback;
  }
}
