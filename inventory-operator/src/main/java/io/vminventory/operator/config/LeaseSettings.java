package io.vminventory.operator.config;

import java.util.Optional;

/**
 * The Lease by which one of several processes is chosen.
 *
 * @param namespace empty for the namespace that the process runs in, or that kubectl would use
 * @param name the same for all processes that do the same work
 */
public record LeaseSettings(Optional<String> namespace, String name) {}
