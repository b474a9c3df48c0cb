package io.vminventory.operator.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that an administrator may set, checked.
 *
 * @param servers the servers that tenants may name, at least one
 * @param watchNamespaces where Tenants are looked for; empty means everywhere
 * @param tenantSelector the label selector of the Tenants that this process works for; empty means
 *     all
 * @param httpPort where health is served; 0 takes any free port
 * @param parallelWrites how many records are written at the same time, over all tenants
 * @param lease by which one of several processes is chosen; empty for a process without a rival
 */
public record OperatorSettings(
    List<ServerSettings> servers,
    Set<String> watchNamespaces,
    String tenantSelector,
    int httpPort,
    int parallelWrites,
    Optional<LeaseSettings> lease) {

  public OperatorSettings {
    servers = List.copyOf(servers);
    watchNamespaces = Set.copyOf(watchNamespaces);
  }
}
