package io.vminventory.operator.config;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the servers: of one by options, or of several by a file. */
public final class ServerOptions {

  @Option(
      names = "--vcenter-host",
      paramLabel = "HOST",
      description = {
        "The vCenter that tenants name as server 'default': host, host:port or an https URL.",
        "Environment: VCENTER_HOST."
      })
  @Nullable String host;

  @Option(
      names = "--vcenter-ca-file",
      paramLabel = "FILE",
      description = {
        "PEM file with the CA certificates that vCenter's certificate is checked against.",
        "Default: the Java runtime's. Environment: VCENTER_CA_FILE."
      })
  @Nullable String caFile;

  @Option(
      names = "--vcenter-thumbprint",
      paramLabel = "SHA256",
      description = {
        "Trust exactly the certificate with this SHA-256 thumbprint (AB:CD:...).",
        "Environment: VCENTER_THUMBPRINT."
      })
  @Nullable String thumbprint;

  @Option(
      names = "--vcenter-insecure",
      paramLabel = "true|false",
      arity = "0..1",
      fallbackValue = "true",
      description = {
        "Do not check vCenter's certificate at all: any server at that address gets the passwords.",
        "For throw-away labs only. Environment: VCENTER_INSECURE."
      })
  @Nullable String insecure;

  @Option(
      names = "--vcenter-request-timeout",
      paramLabel = "TIME",
      description = {
        "Timeout of one request to vCenter, such as 60s.",
        "Environment: VCENTER_REQUEST_TIMEOUT."
      })
  @Nullable String requestTimeout;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "YAML file that names several servers, instead of the --vcenter options:",
        "  servers: {default: {host: vc1.example.com}, lab: {host: vc2.example.com}}",
        "Each server takes host, ca-file, thumbprint, insecure, connect-timeout,",
        "silence-timeout, request-timeout, max-wait, page-size, max-sessions,",
        "max-logins-per-second, max-reads. Environment: VMINVENTORY_CONFIG."
      })
  @Nullable Path config;

  @Option(
      names = "--providers",
      paramLabel = "FOLDER",
      description = {
        "A folder with the jars of further providers. Default: none.",
        "Environment: VMINVENTORY_PROVIDERS."
      })
  @Nullable Path providers;

  /**
   * The configured servers.
   *
   * @throws InventoryException {@link Failure#MISCONFIGURED} if there is none, or if options and
   *     file contradict
   */
  public List<ServerSettings> servers() throws InventoryException {
    Map<String, String> single = single();
    if (config == null) {
      if (!single.containsKey("host")) {
        throw new InventoryException(
            Failure.MISCONFIGURED,
            "no server is configured",
            "give --vcenter-host (VCENTER_HOST), or --config with a file");
      }
      return List.of(new ServerSettings("vsphere", new ProviderSettings("default", single)));
    }
    if (!single.isEmpty()) {
      throw new InventoryException(
          Failure.MISCONFIGURED,
          "--config and --vcenter-%s exclude each other"
              .formatted(String.join(", --vcenter-", single.keySet())),
          "move the setting into the file '%s'".formatted(config));
    }
    return ServersFile.read(config);
  }

  /**
   * The providers that servers can have: the operator's own, and those of the folder.
   *
   * @throws InventoryException {@link Failure#MISCONFIGURED} if the folder or one of its jars
   *     cannot be used
   */
  public List<InventoryProviderFactory> providers() throws InventoryException {
    return ProviderJars.find(providers);
  }

  private Map<String, String> single() {
    Map<String, String> values = new TreeMap<>();
    put(values, "host", host);
    put(values, "ca-file", caFile);
    put(values, "thumbprint", thumbprint);
    put(values, "insecure", insecure);
    put(values, "request-timeout", requestTimeout);
    return values;
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      values.put(name, value);
    }
  }
}
