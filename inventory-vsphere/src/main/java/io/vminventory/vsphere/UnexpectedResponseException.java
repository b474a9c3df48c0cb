package io.vminventory.vsphere;

import java.io.IOException;

/** Response that no vCenter sends. */
final class UnexpectedResponseException extends IOException {

  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status the HTTP status of the response
   * @param message what is wrong with it, without text of the server
   */
  UnexpectedResponseException(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
