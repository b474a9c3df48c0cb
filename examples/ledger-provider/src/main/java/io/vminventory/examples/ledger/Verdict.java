package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;

/** What a look at the file has come to. */
sealed interface Verdict {

  /** This is what the ledger says. */
  record Settled(Ledger ledger) implements Verdict {}

  /** Somebody may be saving the file just now: look again soon, and believe nothing meanwhile. */
  record Unsettled() implements Verdict {}

  /** It does not become better by waiting. */
  record Broken(Failure failure, String message) implements Verdict {}
}
