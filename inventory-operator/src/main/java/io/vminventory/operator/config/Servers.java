package io.vminventory.operator.config;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Servers that the administrator configured, by the name that Tenants use. Immutable. */
public final class Servers implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Servers.class);

  /** One configured server. */
  public record Server(String providerName, InventoryProvider provider) {}

  private final Map<String, Server> byName;

  public Servers(Map<String, Server> byName) {
    this.byName = new TreeMap<>(byName);
  }

  /**
   * Creates a provider for each server.
   *
   * @throws InventoryException {@link Failure#MISCONFIGURED} with the mistakes of all servers
   */
  public static Servers of(
      Collection<ServerSettings> servers, Iterable<InventoryProviderFactory> factories)
      throws InventoryException {
    List<String> problems = new ArrayList<>();
    Servers created = of(servers, factories, problems);
    if (!problems.isEmpty()) {
      throw new InventoryException(Failure.MISCONFIGURED, String.join("\n", problems));
    }
    return created;
  }

  /** Creates a provider for each server with valid settings; adds the mistakes of the others. */
  static Servers of(
      Collection<ServerSettings> servers,
      Iterable<InventoryProviderFactory> factories,
      List<String> problems) {
    Map<String, InventoryProviderFactory> byName = new TreeMap<>();
    for (InventoryProviderFactory factory : factories) {
      InventoryProviderFactory other = byName.putIfAbsent(factory.name(), factory);
      if (other != null) {
        // The wrong one would get the passwords.
        problems.add(
            "provider '%s' exists twice, %s and %s; remove one of them"
                .formatted(factory.name(), origin(other), origin(factory)));
      }
    }
    Map<String, Server> created = new TreeMap<>();
    for (ServerSettings server : servers) {
      String name = server.settings().server();
      InventoryProviderFactory factory = byName.get(server.provider());
      if (factory == null) {
        problems.add(
            "server '%s': there is no provider '%s'; choose one of: %s"
                .formatted(name, server.provider(), String.join(", ", byName.keySet())));
        continue;
      }
      try {
        created.put(name, new Server(factory.name(), factory.create(server.settings())));
      } catch (InventoryException e) {
        problems.add(e.getMessage());
      }
    }
    return new Servers(created);
  }

  private static String origin(InventoryProviderFactory factory) {
    CodeSource source = factory.getClass().getProtectionDomain().getCodeSource();
    return factory.getClass().getName()
        + (source == null ? "" : " of " + source.getLocation().getPath());
  }

  /**
   * The same servers with other providers.
   *
   * @param wrap called once for each server, with its name and its provider
   */
  public Servers wrapped(BiFunction<String, InventoryProvider, InventoryProvider> wrap) {
    Map<String, Server> wrapped = new TreeMap<>();
    byName.forEach(
        (name, server) ->
            wrapped.put(
                name, new Server(server.providerName(), wrap.apply(name, server.provider()))));
    return new Servers(wrapped);
  }

  public Optional<Server> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** Closes the providers. Call it when no session is open any more. */
  @Override
  public void close() {
    byName.forEach(
        (name, server) -> {
          try {
            server.provider().close();
          } catch (RuntimeException e) {
            log.warn("the provider of server '{}' failed to close", name, e);
          }
        });
  }

  /** Each server's name and provider, such as {@code default (vsphere), lab (vsphere)}. */
  @Override
  public String toString() {
    return byName.entrySet().stream()
        .map(server -> server.getKey() + " (" + server.getValue().providerName() + ")")
        .collect(Collectors.joining(", "));
  }
}
