package io.vminventory.operator.leader;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

/** Contents of a Lease, by the conventions of {@code coordination.k8s.io/v1}. Pure. */
final class LeaseRecords {

  private LeaseRecords() {}

  /** Whether the Lease names this process as its holder. */
  static boolean isHeldBy(String identity, Lease lease) {
    return lease.getSpec() != null && identity.equals(lease.getSpec().getHolderIdentity());
  }

  /**
   * The Lease, acquired or renewed by this process.
   *
   * @param found the current one; empty if it does not exist
   * @param now for people, to the microsecond
   */
  static Lease acquiredOrRenewed(
      Optional<Lease> found, String identity, Instant now, Duration leaseDuration) {
    ZonedDateTime time = now.truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
    Lease lease = found.orElseGet(() -> new LeaseBuilder().withNewMetadata().endMetadata().build());
    LeaseSpec spec = Objects.requireNonNullElseGet(lease.getSpec(), LeaseSpec::new);
    boolean renewal = isHeldBy(identity, lease);
    int transitions = Objects.requireNonNullElse(spec.getLeaseTransitions(), 0);
    return new LeaseBuilder(lease)
        .editOrNewSpec()
        .withHolderIdentity(identity)
        .withLeaseDurationSeconds(Math.toIntExact(leaseDuration.toSeconds()))
        .withAcquireTime(renewal ? spec.getAcquireTime() : time)
        .withRenewTime(time)
        .withLeaseTransitions(found.isEmpty() || renewal ? transitions : transitions + 1)
        .endSpec()
        .build();
  }

  /** The Lease without a holder, free for the first process that tries. */
  static Lease released(Lease lease) {
    return new LeaseBuilder(lease).editSpec().withHolderIdentity("").endSpec().build();
  }
}
