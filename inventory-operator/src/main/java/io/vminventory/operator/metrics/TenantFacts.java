package io.vminventory.operator.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the status of a Tenant says, as far as it is a number.
 *
 * @param ready whether its records are kept true
 * @param suspended whether its owner has suspended it
 * @param vms how many machines the last inventory held; empty before the first read
 * @param lastRead when the last complete read ended, perhaps one of an earlier process
 * @param interval the time between two complete reads; empty if none comes by itself
 * @param heldDeletions how many deletions wait for a confirmation
 */
public record TenantFacts(
    boolean ready,
    boolean suspended,
    Optional<Integer> vms,
    Optional<Instant> lastRead,
    Optional<Duration> interval,
    int heldDeletions) {}
