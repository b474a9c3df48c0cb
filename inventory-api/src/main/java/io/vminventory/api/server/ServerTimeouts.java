package io.vminventory.api.server;

import io.vminventory.api.ProviderSettings;
import java.time.Duration;

/**
 * Timeouts of requests to one server. A half-open connection delivers no data at all, so silence is
 * limited separately from, and more tightly than, the whole request.
 *
 * @param connect for establishing a connection
 * @param silence for the first byte of a response, and from one part of it to the next
 * @param request for a whole response, its body included
 */
public record ServerTimeouts(Duration connect, Duration silence, Duration request) {

  /** 10 seconds to connect, 20 seconds of silence, 60 seconds for a request. */
  public static final ServerTimeouts DEFAULTS =
      new ServerTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofSeconds(60));

  private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
  private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofMinutes(5);
  private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

  /**
   * Creates timeouts.
   *
   * @throws IllegalArgumentException if one is zero or negative
   */
  public ServerTimeouts {
    checkPositive("connect", connect);
    checkPositive("silence", silence);
    checkPositive("request", request);
  }

  private static void checkPositive(String name, Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException(name + " must be positive, but is " + timeout);
    }
  }

  /** Timeouts from the settings, or else the {@link #DEFAULTS}. */
  public static ServerTimeouts read(ProviderSettings.Reader settings) {
    return read(settings, DEFAULTS);
  }

  /**
   * Timeouts from the settings {@code connect-timeout} (100 ms to 5 minutes), {@code
   * silence-timeout} and {@code request-timeout} (100 ms to 1 hour each). The reader records values
   * out of these bounds as problems.
   *
   * @param defaults for settings that are not set; not checked against the bounds
   */
  public static ServerTimeouts read(ProviderSettings.Reader settings, ServerTimeouts defaults) {
    return new ServerTimeouts(
        settings.duration("connect-timeout", defaults.connect, MIN_TIMEOUT, MAX_CONNECT_TIMEOUT),
        settings.duration("silence-timeout", defaults.silence, MIN_TIMEOUT, MAX_TIMEOUT),
        settings.duration("request-timeout", defaults.request, MIN_TIMEOUT, MAX_TIMEOUT));
  }

  /**
   * The same timeouts, none longer than this.
   *
   * @throws IllegalArgumentException if the limit is zero or negative
   */
  public ServerTimeouts atMost(Duration limit) {
    return new ServerTimeouts(
        shorter(connect, limit), shorter(silence, limit), shorter(request, limit));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
