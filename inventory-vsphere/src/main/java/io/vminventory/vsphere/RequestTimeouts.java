package io.vminventory.vsphere;

import io.vminventory.api.server.ServerTimeouts;
import java.time.Duration;

/**
 * Timeouts of one request.
 *
 * @param head from the request to the first byte of the response
 * @param silence from one part of the body to the next
 * @param whole from the start of reading until the end of the body
 */
record RequestTimeouts(Duration head, Duration silence, Duration whole) {

  /** The timeouts of a request that the server answers at once. */
  static RequestTimeouts of(ServerTimeouts timeouts) {
    return new RequestTimeouts(timeouts.silence(), timeouts.silence(), timeouts.request())
        .atMost(timeouts.request());
  }

  /** The same timeouts, none longer than this. */
  RequestTimeouts atMost(Duration limit) {
    return new RequestTimeouts(
        shorter(head, limit), shorter(silence, limit), shorter(whole, limit));
  }

  /**
   * The timeouts of a request that the server may hold back for a time before it responds. The
   * response may then be late by the margin, or by the usual time if that is shorter.
   */
  RequestTimeouts afterWaiting(Duration wait, Duration margin) {
    return new RequestTimeouts(wait.plus(shorter(head, margin)), silence, whole);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
