package io.vminventory.operator.mirror;

import io.vminventory.api.InventoryProvider;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.SyncMode;
import io.vminventory.operator.wait.BackOff;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Desired behaviour of a mirror. Each reconciliation makes a new one.
 *
 * @param tenant the account to read with, and the target of the records
 * @param provider the server to read from
 * @param sync when to read
 * @param interval the time between two complete reads; unused when {@code sync} is Manual
 * @param requests tokens of the complete reads that people request; a mirror handles each token
 *     once, so a repeated request needs a new one
 * @param confirmedDeletions how many held deletions a person has confirmed; it counts for the read
 *     that handles the request with {@link #CONFIRMATION_PREFIX} and for no other
 */
public record MirrorSpec(
    Tenant tenant,
    InventoryProvider provider,
    SyncMode sync,
    Duration interval,
    Set<String> requests,
    int confirmedDeletions) {

  /** Prefix of the token of the request that comes with a confirmation. */
  public static final String CONFIRMATION_PREFIX = "confirm-deletion:";

  public MirrorSpec {
    requests = Set.copyOf(requests);
  }

  /**
   * When the next complete read is due without a request, unless {@code sync} is Manual.
   *
   * @param last when the last one ended
   */
  public static Instant nextRead(Instant last, Duration interval, TenantId tenant) {
    return last.plus(BackOff.jittered(interval, tenant));
  }

  /** This spec for later updates of a session, whose first update has handled the requests. */
  MirrorSpec withoutRequests() {
    return new MirrorSpec(tenant, provider, sync, interval, Set.of(), 0);
  }

  /** Whether a session that was opened for the other spec must be closed. */
  boolean needsNewSession(MirrorSpec opened) {
    return !tenant.username().equals(opened.tenant.username())
        || !tenant.target().equals(opened.tenant.target())
        || provider != opened.provider
        || sync != opened.sync;
  }
}
