package io.vminventory.operator.config;

import java.util.List;
import java.util.Set;

/**
 * Everything that an administrator may set, checked.
 *
 * @param servers the servers that tenants may name, at least one
 * @param watchNamespaces where Tenants are looked for; empty means everywhere
 * @param httpPort where health is served; 0 takes any free port
 * @param parallelWrites how many records are written at the same time, over all tenants
 */
public record OperatorSettings(
    List<ServerSettings> servers, Set<String> watchNamespaces, int httpPort, int parallelWrites) {

  public OperatorSettings {
    servers = List.copyOf(servers);
    watchNamespaces = Set.copyOf(watchNamespaces);
  }
}
