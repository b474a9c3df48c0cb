package io.vminventory.examples.ledger;

import io.vminventory.api.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides when what was seen of a file is believed. Pure.
 *
 * <p>Whatever could come from a save under way has to stand still for {@code settle}: a text that
 * stops within a line, rows that are gone, a file that is away or cannot be understood. Anything
 * else is believed when two looks have found the same.
 *
 * @param poll the time between two looks
 * @param settle how long what is doubtful has to stand still
 */
record Settling(Duration poll, Duration settle) {

  /** A file that never stands still for so many times {@code settle} is reported. */
  private static final int PATIENCE = 10;

  /**
   * @param believed the ledger that was believed last
   * @param sight what was just seen
   * @param since since when exactly this is seen
   * @param restless since when nothing could be believed
   */
  Verdict judge(
      Optional<Ledger> believed, Sight sight, Instant since, Instant restless, Instant now) {
    Duration still = Duration.between(since, now);
    if (sight.found() instanceof Sight.Found.Whole whole) {
      boolean doubtful =
          !whole.ended() || believed.filter(last -> !whole.ledger().hasAllOf(last)).isPresent();
      if (still.compareTo(doubtful ? settle : poll) >= 0) {
        return new Verdict.Settled(whole.ledger());
      }
    } else if (sight.found() instanceof Sight.Found.Trouble trouble
        && still.compareTo(settle) >= 0) {
      return new Verdict.Broken(trouble.failure(), trouble.message());
    }
    Duration limit = settle.multipliedBy(PATIENCE);
    if (Duration.between(restless, now).compareTo(limit) >= 0) {
      return new Verdict.Broken(
          Failure.UNAVAILABLE,
          "the ledger has not stood still for "
              + limit.toSeconds()
              + " seconds; find out what keeps writing it");
    }
    return new Verdict.Unsettled();
  }
}
