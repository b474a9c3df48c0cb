package io.vminventory.vsphere;

import java.io.IOException;

/** An answer is longer than the administrator allows; reading it has ended there. */
final class ResponseTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int limitMB;

  /**
   * @param limitMB how long an answer may be, in MiB
   */
  ResponseTooLargeException(int limitMB) {
    super("the answer is longer than " + limitMB + " MiB");
    this.limitMB = limitMB;
  }

  int limitMB() {
    return limitMB;
  }
}
