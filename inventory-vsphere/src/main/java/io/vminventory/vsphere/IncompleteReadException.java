package io.vminventory.vsphere;

import java.io.IOException;

/** Read that does not have all objects, so that it must not be used at all. */
final class IncompleteReadException extends IOException {

  private static final long serialVersionUID = 1L;

  private IncompleteReadException(String message) {
    super(message);
  }

  /**
   * A read for which the server left out objects that it had listed, without reporting that they
   * are gone.
   *
   * @param missing how many objects are missing
   * @param example the value of the reference to one of them
   */
  static IncompleteReadException leftOut(int missing, String example) {
    return new IncompleteReadException(
        "it left out "
            + missing
            + " of the objects that it had listed, such as "
            + VimText.quote(example));
  }

  /** Ends a read that takes too long. */
  static void throwIfOver(Deadline end) throws IncompleteReadException {
    if (end.nanosLeft() <= 0) {
      throw late();
    }
  }

  /** A read that has not finished in time. */
  static IncompleteReadException late() {
    return new IncompleteReadException("it did not end in time");
  }
}
