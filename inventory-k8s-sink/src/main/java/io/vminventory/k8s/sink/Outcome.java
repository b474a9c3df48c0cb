package io.vminventory.k8s.sink;

import io.vminventory.api.InventoryException;
import io.vminventory.k8s.VmResource;
import java.util.Optional;

/** What became of one request to write. */
sealed interface Outcome {

  /**
   * It was done.
   *
   * @param now the object as the API server keeps it after that; empty if it is gone
   */
  record Done(Optional<VmResource> now) implements Outcome {}

  /** Somebody else was faster: the plan has to be made again from what is there now. */
  record Stale() implements Outcome {}

  /**
   * The API server did not do it, and looking again would not help.
   *
   * @param message why, for a person
   */
  record Refused(String message) implements Outcome {}

  /**
   * The API server could not be reached, or is in no state to answer.
   *
   * @param message what was seen, for a person
   * @param lost whether the connection broke, so that only a look tells what was written
   */
  record NoAnswer(String message, boolean lost) implements Outcome {}

  /**
   * No record can be written there at all.
   *
   * @param reason why
   */
  record Hopeless(InventoryException reason) implements Outcome {}
}
