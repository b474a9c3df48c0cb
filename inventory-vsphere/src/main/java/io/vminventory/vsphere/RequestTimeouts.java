package io.vminventory.vsphere;

import java.time.Duration;

/**
 * How long to wait for an answer, and how much of it to take. A half-open connection says nothing
 * at all, so silence is bounded apart from, and more tightly than, the whole.
 *
 * @param head from the request to the first byte
 * @param silence from one portion of the body to the next
 * @param whole from the moment at which somebody begins to read until the end of the body
 * @param answerMB how long the body may be, in MiB
 */
record RequestTimeouts(Duration head, Duration silence, Duration whole, int answerMB) {

  /** The same, but nothing longer than this. */
  RequestTimeouts atMost(Duration limit) {
    return new RequestTimeouts(
        least(head, limit), least(silence, limit), least(whole, limit), answerMB);
  }

  /**
   * The same for a request that the server may hold back for a time before it answers; it may then
   * be late by the margin, or by the usual time if that is shorter.
   */
  RequestTimeouts afterWaiting(Duration wait, Duration margin) {
    return new RequestTimeouts(wait.plus(least(head, margin)), silence, whole, answerMB);
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
