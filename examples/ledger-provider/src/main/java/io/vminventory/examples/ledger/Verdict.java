package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;

/** Outcome of a check of the file. */
sealed interface Verdict {

  /** The ledger is accepted. */
  record Settled(Ledger ledger) implements Verdict {}

  /** The file may be in the middle of a save: check again soon. */
  record Unsettled() implements Verdict {}

  /** Waiting does not help. */
  record Broken(Failure failure, String problem, String remedy) implements Verdict {}
}
