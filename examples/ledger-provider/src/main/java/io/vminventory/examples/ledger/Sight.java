package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;

/**
 * What was found in the file's place at one moment.
 *
 * @param print equal for two sights if nothing has changed in between
 * @param found what it says
 */
record Sight(Object print, Found found) {

  /** What a sight says. */
  sealed interface Found {

    /**
     * All of a ledger.
     *
     * @param ended whether its end is certain. A text that stops within a line may be cut off
     */
    record Whole(Ledger ledger, boolean ended) implements Found {}

    /** No ledger, or not a whole one. */
    record Trouble(Failure failure, String message) implements Found {}
  }
}
