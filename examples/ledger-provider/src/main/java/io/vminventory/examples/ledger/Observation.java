package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;

/**
 * Observation of the file at one moment.
 *
 * @param print equal for two observations of the same content
 * @param content the ledger, or why there is none
 */
record Observation(Object print, Content content) {

  /** Content of the file. */
  sealed interface Content {

    /**
     * A complete ledger.
     *
     * @param ended whether its end is certain. A text that stops within a line may be cut off
     */
    record Whole(Ledger ledger, boolean ended) implements Content {}

    /** Not a ledger, or an incomplete one. */
    record Unusable(Failure failure, String problem, String remedy) implements Content {}
  }
}
