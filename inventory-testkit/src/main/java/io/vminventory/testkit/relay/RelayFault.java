package io.vminventory.testkit.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a {@link FaultRelay} does to its connections, from {@link FaultRelay#inject} until {@link
 * FaultRelay#heal()}. Immutable.
 */
public sealed interface RelayFault {

  /** Every chunk of bytes arrives so much later, in both directions. */
  record Delay(Duration time) implements RelayFault {}

  /**
   * The client's connection ends (FIN) after some bytes from the server, counted from the injection
   * on, or from the start of a younger connection.
   *
   * @param bytes how many arrive; none ends it as soon as the server says anything
   * @param connections how many connections end so; the others are spared
   */
  record Cut(long bytes, int connections) implements RelayFault {}

  /**
   * Nothing arrives any more, in neither direction, and nobody is told. New connections are
   * accepted and say nothing. Healed, the connections of that time stay dead, as after a router
   * lost its table; new ones work.
   */
  record BlackHole() implements RelayFault {}

  /** Nothing arrives until it is healed, then everything does. New connections wait, too. */
  record Hold() implements RelayFault {}

  /** All connections that are open are reset (RST), once. */
  record Reset() implements RelayFault {}

  /** The next new connections are accepted and reset (RST). */
  record ResetNext(int connections) implements RelayFault {}

  /** New connections are refused, since nobody listens. Open ones go on. */
  record Refuse() implements RelayFault {}

  /**
   * The bytes from the server are all inverted after some, counted as for {@link Cut}.
   *
   * @param bytes how many arrive as they are
   */
  record Corrupt(long bytes) implements RelayFault {}

  /** The bytes from the server arrive at this pace at most, each connection for itself. */
  record Throttle(int bytesPerSecond) implements RelayFault {}

  /**
   * The next requests are answered with a status, without asking the server; for HTTP/1.1 that the
   * relay can read, so with TLS it has to end that (see {@link FaultRelayBuilder#clientTls}).
   *
   * @param retryAfter the header of this name, in whole seconds
   * @param times how many requests
   * @param requests which ones
   */
  record HttpStatus(
      int status, Optional<Duration> retryAfter, int times, Predicate<RelayRequest> requests)
      implements RelayFault {

    public HttpStatus retryAfter(Duration value) {
      return new HttpStatus(status, Optional.of(value), times, requests);
    }

    public HttpStatus times(int value) {
      return new HttpStatus(status, retryAfter, value, requests);
    }

    /** Spares all requests but these. */
    public HttpStatus matching(Predicate<RelayRequest> value) {
      return new HttpStatus(status, retryAfter, times, value);
    }
  }

  static RelayFault delay(Duration time) {
    return new Delay(time);
  }

  /** Cuts every connection. */
  static RelayFault cutAfter(long bytes) {
    return new Cut(bytes, Integer.MAX_VALUE);
  }

  /** Cuts the first connections that get so far. */
  static RelayFault cutAfter(long bytes, int connections) {
    return new Cut(bytes, connections);
  }

  static RelayFault blackHole() {
    return new BlackHole();
  }

  static RelayFault hold() {
    return new Hold();
  }

  static RelayFault reset() {
    return new Reset();
  }

  static RelayFault resetNext(int connections) {
    return new ResetNext(connections);
  }

  static RelayFault refuse() {
    return new Refuse();
  }

  static RelayFault corruptAfter(long bytes) {
    return new Corrupt(bytes);
  }

  static RelayFault throttle(int bytesPerSecond) {
    if (bytesPerSecond < 1) {
      throw new IllegalArgumentException("at least one byte per second, not " + bytesPerSecond);
    }
    return new Throttle(bytesPerSecond);
  }

  /** Answers the next request, whatever it is. */
  static HttpStatus httpStatus(int status) {
    return new HttpStatus(status, Optional.empty(), 1, request -> true);
  }
}
