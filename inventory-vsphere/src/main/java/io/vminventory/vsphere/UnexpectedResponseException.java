package io.vminventory.vsphere;

import java.io.IOException;

/** Something answered, but not in the way of a vCenter. */
final class UnexpectedResponseException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status the HTTP status of the answer
   * @param message what is strange about it, in our own words
   */
  UnexpectedResponseException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
