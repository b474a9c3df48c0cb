package io.vminventory.operator.config;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProviderFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of {@code run}. */
public final class RunOptions {

  static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final List<String> FORMATS = List.of("text", "json");
  private static final List<String> LEVELS = List.of("ERROR", "WARN", "INFO", "DEBUG", "TRACE");

  @Mixin private ServerOptions servers = new ServerOptions();

  @Option(
      names = "--watch-namespaces",
      paramLabel = "NAME[,NAME]",
      description = {
        "Watch Tenants in these namespaces only. Default: all.",
        "Environment: VMINVENTORY_WATCH_NAMESPACES."
      })
  private String watchNamespaces = "";

  @Option(
      names = "--tenant-selector",
      paramLabel = "SELECTOR",
      description = {
        "Work only for Tenants with these labels, such as shard=a. Default: all.",
        "Environment: VMINVENTORY_TENANT_SELECTOR."
      })
  private String tenantSelector = "";

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = {
        "Where /livez, /readyz and /metrics are served; 0 takes any free port. Default: 8080.",
        "Environment: VMINVENTORY_HTTP_PORT."
      })
  private int httpPort = 8080;

  @Option(
      names = "--parallel-writes",
      paramLabel = "N",
      description = {
        "Number of concurrent writes of records, 1 to 64. Default: 16.",
        "Environment: VMINVENTORY_PARALLEL_WRITES."
      })
  private int parallelWrites = 16;

  @Mixin private LeaseOptions lease = new LeaseOptions();

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = {
        "ERROR, WARN, INFO, DEBUG or TRACE, for the operator's own lines. Default: INFO.",
        "Environment: VMINVENTORY_LOG_LEVEL."
      })
  private String logLevel = "INFO";

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = {
        "text, or json for one JSON object in each line. Default: text.",
        "Environment: VMINVENTORY_LOG_FORMAT."
      })
  private String logFormat = "text";

  /**
   * The providers that servers can have.
   *
   * @throws InventoryException see {@link ServerOptions#providers()}
   */
  public List<InventoryProviderFactory> providers() throws InventoryException {
    return servers.providers();
  }

  /**
   * The settings, and the servers created from them.
   *
   * @throws InventoryException {@link Failure#MISCONFIGURED} with all mistakes, one line each
   */
  public Configuration configuration(Iterable<InventoryProviderFactory> factories)
      throws InventoryException {
    List<String> problems = new ArrayList<>();
    Configuration configuration = configuration(factories, problems);
    if (!problems.isEmpty()) {
      throw new InventoryException(Failure.MISCONFIGURED, String.join("\n", problems));
    }
    return configuration;
  }

  /**
   * The same as far as it is valid, for {@code doctor}.
   *
   * @param problems receives all mistakes
   */
  public Configuration configuration(
      Iterable<InventoryProviderFactory> factories, List<String> problems) {
    List<ServerSettings> configured = List.of();
    Servers created = new Servers(Map.of());
    try {
      configured = servers.servers();
      created = Servers.of(configured, factories, problems);
    } catch (InventoryException e) {
      problems.add(e.getMessage());
    }
    Set<String> namespaces =
        Arrays.stream(watchNamespaces.split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet());
    for (String name : namespaces) {
      if (!NAMESPACE.matcher(name).matches()) {
        problems.add("--watch-namespaces: '" + name + "' is not a namespace name");
      }
    }
    if (httpPort < 0 || httpPort > 65_535) {
      problems.add("--http-port: " + httpPort + " is not between 0 and 65535");
    }
    if (parallelWrites < 1 || parallelWrites > 64) {
      problems.add("--parallel-writes: " + parallelWrites + " is not between 1 and 64");
    }
    problems.addAll(lease.problems(!tenantSelector.isBlank()));
    if (!LEVELS.contains(logLevel())) {
      problems.add("--log-level: '" + logLevel + "' is not one of " + String.join(", ", LEVELS));
    }
    if (!FORMATS.contains(logFormat)) {
      problems.add("--log-format: '" + logFormat + "' is not one of " + String.join(", ", FORMATS));
    }
    return new Configuration(
        new OperatorSettings(
            configured,
            namespaces,
            tenantSelector.strip(),
            httpPort,
            parallelWrites,
            lease.settings()),
        created);
  }

  /**
   * Validated options.
   *
   * @param settings the settings
   * @param servers a provider for each server of the settings
   */
  public record Configuration(OperatorSettings settings, Servers servers) {}

  /** Whether each log line is a JSON object. */
  public boolean jsonLogs() {
    return logFormat.equals("json");
  }

  /** The level in upper case. */
  public String logLevel() {
    return logLevel.toUpperCase(Locale.ROOT);
  }
}
