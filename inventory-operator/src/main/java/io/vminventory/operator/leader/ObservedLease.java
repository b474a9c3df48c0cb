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

  /**
   * What to do.
   *
   * @param state the state of this process from now on; to lead, it has to write the Lease first
   * @param holder the process that leads then
   */
  record Decision(LeaderState state, String holder) {}

  /** The fields of the Lease that its holder changes. */
  private record ElectionRecord(String holder, @Nullable ZonedDateTime renewTime) {}

  private final String identity;
  private final Duration leaseDuration;
  private ElectionRecord observedRecord = new ElectionRecord("", null);
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
    if (found.isEmpty() && isOther(observedRecord.holder()) && !expired(now)) {
      // The Lease was deleted. Its holder creates it again at its next attempt, and may write.
      return new Decision(LeaderState.STANDING_BY, observedRecord.holder());
    }
    LeaseSpec spec = found.map(Lease::getSpec).orElseGet(LeaseSpec::new);
    String holder = Objects.requireNonNullElse(spec.getHolderIdentity(), "");
    ElectionRecord current = new ElectionRecord(holder, spec.getRenewTime());
    if (!current.equals(observedRecord)) {
      observedRecord = current;
      observedAt = now;
    }
    if (!isOther(holder)) {
      return new Decision(LeaderState.LEADING, identity);
    }
    if (hasLed) {
      return new Decision(LeaderState.LOST, holder);
    }
    return expired(now)
        ? new Decision(LeaderState.LEADING, identity)
        : new Decision(LeaderState.STANDING_BY, holder);
  }

  private boolean expired(long now) {
    return now - observedAt >= leaseDuration.toNanos();
  }

  private boolean isOther(String holder) {
    return !holder.isEmpty() && !holder.equals(identity);
  }

  /** Notes that the Lease was written with this process as its holder. */
  void acquired() {
    hasLed = true;
  }
}
