package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decision when the content of a file is accepted. Pure.
 *
 * <p>Content that could come from a save under way has to stay the same for {@code settle}: a text
 * that stops within a line, missing rows, a file that is missing or cannot be understood. Other
 * content is accepted when two checks have found the same.
 *
 * @param poll the time between two checks
 * @param settle how long doubtful content has to stay the same
 */
record Settling(Duration poll, Duration settle) {

  /** A file that changes all the time for this many times {@code settle} is reported. */
  private static final int MAX_SETTLES = 10;

  /**
   * @param accepted the last ledger that was accepted
   * @param observation of the check just made
   * @param since when exactly this was observed first
   * @param unsettledSince since when no content could be accepted
   */
  Verdict decide(
      Optional<Ledger> accepted,
      Observation observation,
      Instant since,
      Instant unsettledSince,
      Instant now) {
    Duration still = Duration.between(since, now);
    if (observation.content() instanceof Observation.Content.Whole whole) {
      boolean doubtful =
          !whole.ended() || accepted.filter(last -> !whole.ledger().hasAllOf(last)).isPresent();
      if (still.compareTo(doubtful ? settle : poll) >= 0) {
        return new Verdict.Settled(whole.ledger());
      }
    } else if (observation.content() instanceof Observation.Content.Unusable unusable
        && still.compareTo(settle) >= 0) {
      return new Verdict.Broken(unusable.failure(), unusable.problem(), unusable.remedy());
    }
    Duration limit = settle.multipliedBy(MAX_SETTLES);
    if (Duration.between(unsettledSince, now).compareTo(limit) >= 0) {
      return new Verdict.Broken(
          Failure.UNAVAILABLE,
          "the ledger has been changing for " + limit.toSeconds() + " seconds",
          "find out what keeps writing it");
    }
    return new Verdict.Unsettled();
  }
}
