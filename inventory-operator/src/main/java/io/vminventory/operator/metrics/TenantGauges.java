package io.vminventory.operator.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Values of a Tenant's gauges, from its spec and status.
 *
 * @param ready whether its condition Ready is True
 * @param suspended whether its owner suspended it
 * @param vms how many machines the last inventory held; empty before the first read
 * @param lastRead when the last complete read ended, perhaps one of an earlier process
 * @param interval the time between two complete reads; empty if they come on request only
 * @param heldDeletions how many deletions wait for a confirmation
 */
public record TenantGauges(
    boolean ready,
    boolean suspended,
    Optional<Integer> vms,
    Optional<Instant> lastRead,
    Optional<Duration> interval,
    int heldDeletions) {}
