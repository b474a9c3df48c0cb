package io.vminventory.operator.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.ProviderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parser of the YAML file of several servers:
 *
 * <pre>{@code
 * servers:
 *   default: {host: vcenter.example.com, ca-file: /etc/vminventory/ca.pem}
 *   lab:     {provider: vsphere, host: "10.0.0.5:8443", thumbprint: "AB:CD:..."}
 * }</pre>
 */
final class ServersFile {

  private static final ObjectMapper YAML = new YAMLMapper();

  private ServersFile() {}

  /**
   * The servers in the file, in the order in which it names them.
   *
   * @throws InventoryException {@link Failure#MISCONFIGURED} with all mistakes of the file's form;
   *     providers check the settings
   */
  static List<ServerSettings> read(Path file) throws InventoryException {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new InventoryException(
          Failure.MISCONFIGURED, "the file '" + file + "' of --config cannot be read: " + e, e);
    }
  }

  static List<ServerSettings> parse(String text, String file) throws InventoryException {
    List<String> problems = new ArrayList<>();
    List<ServerSettings> servers = new ArrayList<>();
    JsonNode root;
    try {
      root = YAML.readTree(text);
    } catch (JsonProcessingException e) {
      throw new InventoryException(
          Failure.MISCONFIGURED, file + " is not YAML: " + e.getOriginalMessage(), e);
    }
    root.fieldNames()
        .forEachRemaining(
            key -> {
              if (!key.equals("servers")) {
                problems.add("'" + key + "' is not a key; the only one is 'servers'");
              }
            });
    JsonNode named = root.path("servers");
    if (!named.isObject() || named.isEmpty()) {
      problems.add("'servers' must name at least one server");
    }
    for (Map.Entry<String, JsonNode> entry : named.properties()) {
      if (entry.getKey().isBlank()) {
        problems.add("a server's name must not be blank");
      } else if (entry.getValue().isObject()) {
        servers.add(server(entry.getKey(), entry.getValue(), problems));
      } else {
        problems.add("server '" + entry.getKey() + "' must be a map of settings");
      }
    }
    if (!problems.isEmpty()) {
      throw new InventoryException(
          Failure.MISCONFIGURED, file + ": " + String.join("; ", problems));
    }
    return servers;
  }

  private static ServerSettings server(String name, JsonNode settings, List<String> problems) {
    Map<String, String> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> setting : settings.properties()) {
      if (setting.getValue().isValueNode() && !setting.getValue().isNull()) {
        values.put(setting.getKey(), setting.getValue().asText());
      } else {
        problems.add("server '" + name + "': " + setting.getKey() + " must have one plain value");
      }
    }
    String provider = values.getOrDefault("provider", "vsphere");
    values.remove("provider");
    return new ServerSettings(provider, new ProviderSettings(name, values));
  }
}
