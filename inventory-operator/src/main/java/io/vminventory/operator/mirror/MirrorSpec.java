package io.vminventory.operator.mirror;

import io.vminventory.api.InventoryProvider;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.SyncMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What a mirror shall do. Each reconciliation makes a new one.
 *
 * @param tenant the account to read with, and where the records belong
 * @param provider the server to read from
 * @param sync when to read
 * @param interval the time between two complete reads; unused when {@code sync} is Manual
 * @param requests complete reads that people have asked for; a mirror answers each once, so a
 *     request that is repeated needs a new token
 * @param confirmedDeletions how many held deletions a person has agreed to; it counts for the read
 *     that answers {@link #CONFIRMATION_PREFIX} and for no other
 */
public record MirrorSpec(
    Tenant tenant,
    InventoryProvider provider,
    SyncMode sync,
    Duration interval,
    Set<String> requests,
    int confirmedDeletions) {

  /** Starts the token of the request that comes with a confirmation. */
  public static final String CONFIRMATION_PREFIX = "confirm-deletion:";

  public MirrorSpec {
    requests = Set.copyOf(requests);
  }

  /**
   * When a complete read that nobody asks for follows the last one, unless {@code sync} is Manual.
   *
   * @param last when that one ended
   */
  public static Instant nextRead(Instant last, Duration interval, TenantId tenant) {
    return last.plus(RetryPolicy.spread(interval, tenant));
  }

  /** The same for later updates of a session, whose first update has answered the requests. */
  MirrorSpec withoutRequests() {
    return new MirrorSpec(tenant, provider, sync, interval, Set.of(), 0);
  }

  /** Whether a session that was opened for the other one must be given up. */
  boolean needsOtherSession(MirrorSpec other) {
    return !tenant.username().equals(other.tenant.username())
        || !tenant.target().equals(other.tenant.target())
        || provider != other.provider
        || sync != other.sync;
  }
}
