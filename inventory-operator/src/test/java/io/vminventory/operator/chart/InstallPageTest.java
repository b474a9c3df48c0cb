package io.vminventory.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page's table of values, the values file and their schema agree. */
@Tag("pure")
class InstallPageTest {

  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([\\w.<>-]+)` \\| (?:`([^`]*)`)? *\\| .*\\|$");

  private final JsonNode schema =
      new ObjectMapper().readTree(Chart.FOLDER.resolve("values.schema.json").toFile());
  private final JsonNode values =
      new YAMLMapper().readTree(Chart.FOLDER.resolve("values.yaml").toFile());

  InstallPageTest() throws IOException {}

  @Test
  void tableListsEveryValueWithItsDefault() throws IOException {
    Map<String, String> defaults = new TreeMap<>();
    leaves("", schema, defaults);
    defaults.remove("global"); // Helm's own.
    assertThat(rows(false)).isEqualTo(defaults).hasSizeGreaterThan(25);
  }

  @Test
  void serverTableListsEverySetting() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    leaves("servers.<name>", schema.at("/definitions/vsphere"), settings);
    assertThat(rows(true)).containsOnlyKeys(settings.keySet());
  }

  /** Except the certificates, which the chart puts into files. */
  @Test
  void chartAcceptsEverySettingOfTheOperator() throws IOException {
    Map<String, String> settings = new TreeMap<>();
    leaves("", schema.at("/definitions/vsphere"), settings);
    settings.keySet().removeIf(name -> name.startsWith("ca"));
    String page = Files.readString(Path.of("..", "docs", "operating.md"));
    String table = page.substring(page.indexOf("| setting | default | bounds |"));
    Set<String> documented =
        Pattern.compile("(?m)^\\| `([a-z-]+)` \\|")
            .matcher(table.substring(0, table.indexOf("\n\n")))
            .results()
            .map(row -> row.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    documented.remove("ca-file");
    assertThat(settings.keySet()).isEqualTo(documented).contains("max-answer-mb");
  }

  @Test
  void everyValueIsInTheSchema() {
    Map<String, String> known = new TreeMap<>();
    leaves("", schema, known);
    Map<String, String> given = new TreeMap<>();
    given(values, "", known, given);
    assertThat(known.keySet()).containsAll(given.keySet());
  }

  @Test
  void exampleGrantsRightsInItsNamespaces() throws IOException {
    String servers = "servers: {default: {host: vcenter.example.com}}\n";
    assertThat(Chart.render(servers + InstallPage.values()))
        .filteredOn(manifest -> manifest.object().getKind().equals("Role"))
        .extracting(manifest -> manifest.object().getMetadata().getNamespace())
        .contains("team-a", "team-b", "team-a-vms");
  }

  private void leaves(String path, JsonNode part, Map<String, String> found) {
    if (!part.has("properties")) {
      found.put(path, text(values.at("/" + path.replace('.', '/'))));
      return;
    }
    for (Map.Entry<String, JsonNode> property : part.path("properties").properties()) {
      leaves(
          path.isEmpty() ? property.getKey() : path + "." + property.getKey(),
          property.getValue(),
          found);
    }
  }

  private static void given(
      JsonNode values, String path, Map<String, String> known, Map<String, String> found) {
    if (known.containsKey(path) || !values.isObject()) {
      found.put(path, text(values));
      return;
    }
    for (Map.Entry<String, JsonNode> value : values.properties()) {
      given(
          value.getValue(),
          path.isEmpty() ? value.getKey() : path + "." + value.getKey(),
          known,
          found);
    }
  }

  private static String text(JsonNode value) {
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  private static Map<String, String> rows(boolean servers) throws IOException {
    Map<String, String> rows = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(InstallPage.FILE));
    while (row.find()) {
      if (row.group(1).startsWith("servers.") == servers) {
        rows.put(row.group(1), row.group(2) == null ? "" : row.group(2));
      }
    }
    return rows;
  }
}
