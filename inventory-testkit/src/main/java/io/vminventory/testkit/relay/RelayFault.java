package io.vminventory.testkit.relay;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Fault of a {@link FaultRelay}, from {@link FaultRelay#inject} until {@link FaultRelay#heal()}.
 * Immutable.
 */
public sealed interface RelayFault {

  /** Every chunk of bytes arrives late by this time, in both directions. */
  record Delay(Duration time) implements RelayFault {}

  /**
   * The client's connection ends (FIN) after some bytes from the server, counted from the injection
   * or from the start of a later connection.
   *
   * @param bytes how many arrive; with 0 it ends as soon as the server sends anything
   * @param connections how many connections are cut
   */
  record Cut(long bytes, int connections) implements RelayFault {}

  /**
   * Nothing arrives any more in either direction, without FIN or RST. New connections are accepted
   * and stay silent. After {@link FaultRelay#heal()} these connections stay dead, as after a router
   * lost its table; new ones work.
   */
  record BlackHole() implements RelayFault {}

  /**
   * Nothing arrives until {@link FaultRelay#heal()}, then everything does. New connections wait,
   * too.
   */
  record Hold() implements RelayFault {}

  /** All open connections are reset (RST), once. */
  record Reset() implements RelayFault {}

  /** The next new connections are accepted and reset (RST). */
  record ResetNext(int connections) implements RelayFault {}

  /** New connections are refused because the relay stops listening. Open ones continue. */
  record Refuse() implements RelayFault {}

  /**
   * The bytes from the server are inverted after some, counted as for {@link Cut}.
   *
   * @param bytes how many arrive unchanged
   */
  record Corrupt(long bytes) implements RelayFault {}

  /** The bytes from the server arrive at most at this rate, for each connection. */
  record Throttle(int bytesPerSecond) implements RelayFault {}

  /**
   * The relay responds to the next requests itself, with this status. This needs HTTP/1.1 that the
   * relay can read, so it must terminate TLS (see {@link FaultRelayBuilder#clientTls}).
   *
   * @param retryAfter the {@code Retry-After} header, in whole seconds
   * @param times how many requests
   * @param requests which requests
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

    /** Applies to these requests only. */
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

  /** Responds to the next request, whatever it is. */
  static HttpStatus httpStatus(int status) {
    return new HttpStatus(status, Optional.empty(), 1, request -> true);
  }
}
