package io.vminventory.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Lease as this process has observed it, and the decision that follows. Pure but for the
 * observed record.
 *
 * <p>A Lease has expired when it has not changed for its duration by this process's own clock: the
 * times inside the Lease come from clocks of other machines.
 */
final class ObservedLease {

  /** What to do. */
  sealed interface Decision {

    /** Write the Lease with this process as its holder; it leads once that is done. */
    record AcquireOrRenew() implements Decision {}

    /**
     * Leave the Lease alone.
     *
     * @param holder the process that leads
     */
    record StandBy(String holder) implements Decision {}

    /**
     * Stop: another process leads.
     *
     * @param holder the process that leads
     */
    record Lost(String holder) implements Decision {}
  }

  /** The fields of the Lease that its holder changes. */
  private record ElectionRecord(@Nullable String holder, @Nullable ZonedDateTime renewTime) {}

  private final String identity;
  private final Duration leaseDuration;
  private @Nullable ElectionRecord observedRecord;
  private long observedAt;
  private boolean hasLed;

  /**
   * @param identity unique among all processes, including earlier ones of the same pod
   * @param leaseDuration how long a Lease that does not change is respected
   */
  ObservedLease(String identity, Duration leaseDuration) {
    this.identity = identity;
    this.leaseDuration = leaseDuration;
  }

  /**
   * Observes the Lease and decides.
   *
   * @param found the current Lease; empty if it does not exist
   * @param now nanoseconds of a clock that never goes back
   */
  Decision decide(Optional<Lease> found, long now) {
    if (found.isEmpty() && observedRecord != null && !expired(now) && isOther(observedRecord)) {
      // The Lease was deleted. Its holder creates it again at its next attempt, and may write.
      return new Decision.StandBy(Objects.requireNonNull(observedRecord.holder()));
    }
    LeaseSpec spec = found.map(Lease::getSpec).orElseGet(LeaseSpec::new);
    ElectionRecord current = new ElectionRecord(spec.getHolderIdentity(), spec.getRenewTime());
    if (!current.equals(observedRecord)) {
      observedRecord = current;
      observedAt = now;
    }
    String holder = Objects.requireNonNullElse(current.holder(), "");
    if (holder.isEmpty() || holder.equals(identity)) {
      return new Decision.AcquireOrRenew();
    }
    if (hasLed) {
      return new Decision.Lost(holder);
    }
    return expired(now) ? new Decision.AcquireOrRenew() : new Decision.StandBy(holder);
  }

  private boolean expired(long now) {
    return now - observedAt >= leaseDuration.toNanos();
  }

  private boolean isOther(ElectionRecord last) {
    return last.holder() != null && !last.holder().isEmpty() && !last.holder().equals(identity);
  }

  /** Notes that the Lease was written with this process as its holder. */
  void acquired() {
    hasLed = true;
  }
}
