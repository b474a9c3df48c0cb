package io.vminventory.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a look at the Lease means. Pure but for what it remembers of earlier looks.
 *
 * <p>Whether the holder is alive is told by this process's own clock alone, from the time at which
 * it first saw the Lease as it is: the times within the Lease come from clocks of other machines.
 */
final class Election {

  /** What to do. */
  sealed interface Decision {

    /** Write the Lease with this process as its holder; it leads once that is done. */
    record Hold() implements Decision {}

    /**
     * Leave the Lease alone.
     *
     * @param holder who leads
     */
    record StandBy(String holder) implements Decision {}

    /**
     * Stop: another process leads.
     *
     * @param holder which one
     */
    record Lost(String holder) implements Decision {}
  }

  /** All of the Lease that its holder changes. */
  private record Seen(@Nullable String holder, @Nullable ZonedDateTime renewed) {}

  private final String me;
  private final Duration patience;
  private @Nullable Seen seen;
  private long since;
  private boolean led;

  /**
   * @param me differs from every other process, an earlier one of the same pod included
   * @param patience how long a Lease that does not change is respected
   */
  Election(String me, Duration patience) {
    this.me = me;
    this.patience = patience;
  }

  /**
   * What to do about the Lease.
   *
   * @param found as it is now; empty if there is none
   * @param now nanoseconds of a clock that never goes back
   */
  Decision decide(Optional<Lease> found, long now) {
    if (found.isEmpty() && seen != null && now - since < patience.toNanos() && isOther(seen)) {
      // Somebody has deleted it: its holder makes it anew at its next look, and may still write.
      return new Decision.StandBy(Objects.requireNonNull(seen.holder()));
    }
    LeaseSpec spec = found.map(Lease::getSpec).orElseGet(LeaseSpec::new);
    Seen current = new Seen(spec.getHolderIdentity(), spec.getRenewTime());
    if (!current.equals(seen)) {
      seen = current;
      since = now;
    }
    String holder = Objects.requireNonNullElse(current.holder(), "");
    if (holder.isEmpty() || holder.equals(me)) {
      return new Decision.Hold();
    }
    if (led) {
      return new Decision.Lost(holder);
    }
    return now - since >= patience.toNanos() ? new Decision.Hold() : new Decision.StandBy(holder);
  }

  private boolean isOther(Seen last) {
    return last.holder() != null && !last.holder().isEmpty() && !last.holder().equals(me);
  }

  /** The Lease was written as decided. */
  void won() {
    led = true;
  }
}
