package io.vminventory.operator.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Settings of the operator, validated.
 *
 * @param servers the servers that Tenants can name, at least one
 * @param watchNamespaces the namespaces whose Tenants are watched; empty means all
 * @param tenantSelector the label selector of the Tenants that this process works for; empty means
 *     all
 * @param httpPort the port of health and metrics; 0 takes any free port
 * @param parallelWrites the number of concurrent writes of records, over all Tenants
 * @param lease the Lease of leader election; empty without
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
