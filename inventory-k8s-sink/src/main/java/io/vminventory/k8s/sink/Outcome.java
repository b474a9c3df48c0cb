package io.vminventory.k8s.sink;

import io.vminventory.api.InventoryException;
import java.util.Optional;

/** What became of one request to write. */
sealed interface Outcome<R> {

  /**
   * It was done.
   *
   * @param now the object as the API server keeps it after that; empty if it is gone
   */
  record Done<R>(Optional<R> now) implements Outcome<R> {}

  /** Somebody else was faster: the plan has to be made again from what is there now. */
  record Stale<R>() implements Outcome<R> {}

  /**
   * The API server did not do it, and looking again would not help.
   *
   * @param message why, for a person
   */
  record Refused<R>(String message) implements Outcome<R> {}

  /**
   * The API server could not be reached, or is in no state to answer.
   *
   * @param message what was seen, for a person
   * @param lost whether the connection broke, so that only a look tells what was written
   */
  record NoAnswer<R>(String message, boolean lost) implements Outcome<R> {}

  /**
   * No record can be written there at all.
   *
   * @param reason why
   */
  record Hopeless<R>(InventoryException reason) implements Outcome<R> {}
}
