package io.vminventory.vsphere;

import java.io.IOException;

/** The server left out objects that it had listed, without saying that they are gone. */
final class IncompleteReadException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param missing how many objects are missing
   * @param example the value of the reference to one of them
   */
  IncompleteReadException(int missing, String example) {
    super(
        "it left out "
            + missing
            + " of the objects that it had listed, such as "
            + Texts.quote(example));
  }
}
