package io.vminventory.vsphere;

import java.io.IOException;

/** Response that is longer than {@code max-answer-mb} allows; the rest of it was not read. */
final class ResponseTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int maxMB;

  /**
   * @param maxMB maximum length of a response, in MiB
   */
  ResponseTooLargeException(int maxMB) {
    super("the response is longer than " + maxMB + " MiB");
    this.maxMB = maxMB;
  }

  int maxMB() {
    return maxMB;
  }
}
