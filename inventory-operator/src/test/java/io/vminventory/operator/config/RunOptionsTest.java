package io.vminventory.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Tag("pure")
class RunOptionsTest {

  private static final List<InventoryProviderFactory> FACTORIES =
      List.of(new Strict("vsphere"), new Strict("fake"));

  @TempDir private Path folder;

  @Test
  void oneServerNeedsOnlyAHost() throws InventoryException {
    OperatorSettings settings =
        parse("--vcenter-host", "vc.example.com").configuration(FACTORIES).settings();
    assertThat(settings.servers())
        .containsExactly(
            new ServerSettings(
                "vsphere", new ProviderSettings("default", Map.of("host", "vc.example.com"))));
    assertThat(settings.watchNamespaces()).isEmpty();
    assertThat(settings.parallelWrites()).isEqualTo(16);
    assertThat(settings.httpPort()).isEqualTo(8080);
  }

  @Test
  void eachOptionIsAnEnvironmentVariableAndTheOptionWins() throws InventoryException {
    Map<String, String> variables =
        Map.of(
            "VCENTER_HOST", "vc.example.com",
            "VCENTER_INSECURE", "true",
            "VMINVENTORY_HTTP_PORT", "1",
            "VMINVENTORY_PARALLEL_WRITES", "7",
            "VMINVENTORY_WATCH_NAMESPACES", "a,b");
    OperatorSettings settings =
        parse(variables, "--http-port=2").configuration(FACTORIES).settings();
    assertThat(settings.servers().get(0).settings().values())
        .isEqualTo(Map.of("host", "vc.example.com", "insecure", "true"));
    assertThat(settings.httpPort()).isEqualTo(2);
    assertThat(settings.parallelWrites()).isEqualTo(7);
    assertThat(settings.watchNamespaces()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void anEmptyEnvironmentVariableCountsAsNotSet() throws InventoryException {
    Map<String, String> variables =
        Map.of(
            "VCENTER_INSECURE", "",
            "VCENTER_CA_FILE", " ",
            "VMINVENTORY_CONFIG", "",
            "VMINVENTORY_HTTP_PORT", "",
            "VMINVENTORY_PARALLEL_WRITES", "",
            "VMINVENTORY_LOG_LEVEL", "",
            "VMINVENTORY_LOG_FORMAT", "",
            "VMINVENTORY_HELP", "true");
    RunOptions options = parse(variables, "--vcenter-host", "vc.example.com");
    assertThat(options.configuration(FACTORIES).settings())
        .isEqualTo(parse("--vcenter-host", "vc.example.com").configuration(FACTORIES).settings());
    assertThat(options.logLevel()).isEqualTo("INFO");
    assertThat(options.jsonLogs()).isFalse();
    assertThat(parse(Map.of("VMINVENTORY_LOG_FORMAT", "json")).jsonLogs()).isTrue();
  }

  @Test
  void aLeaderIsElectedOnlyIfAskedFor() throws InventoryException {
    assertThat(lease(Map.of())).isEmpty();
    assertThat(lease(Map.of("VMINVENTORY_LEADER_ELECT", "false"))).isEmpty();
    assertThat(lease(Map.of(), "--lease-name=unused")).isEmpty();
    assertThat(lease(Map.of("VMINVENTORY_LEADER_ELECT", "true")))
        .contains(new LeaseSettings(Optional.empty(), "vminventory"));
    assertThat(lease(Map.of(), "--leader-elect", "--lease-namespace=ops", "--lease-name=a.b"))
        .contains(new LeaseSettings(Optional.of("ops"), "a.b"));
  }

  private static Optional<LeaseSettings> lease(Map<String, String> variables, String... args)
      throws InventoryException {
    List<String> all = new ArrayList<>(List.of("--vcenter-host=vc"));
    all.addAll(List.of(args));
    return parse(variables, all.toArray(String[]::new)).configuration(FACTORIES).settings().lease();
  }

  @Test
  void shardsNeedLeasesOfTheirOwn() throws InventoryException {
    RunOptions shared = parse("--vcenter-host=vc", "--tenant-selector=shard=a", "--leader-elect");
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(() -> shared.configuration(FACTORIES))
        .withMessageContaining("give the processes of each --tenant-selector a Lease");
    OperatorSettings settings =
        parse(
                "--vcenter-host=vc",
                "--tenant-selector= shard=a",
                "--leader-elect",
                "--lease-name=vminventory-a")
            .configuration(FACTORIES)
            .settings();
    assertThat(settings.tenantSelector()).isEqualTo("shard=a");
  }

  @Test
  void reportsEveryMistakeAtOnce() {
    RunOptions options =
        parse(
            "--watch-namespaces=ok,Not_ok",
            "--http-port=70000",
            "--parallel-writes=0",
            "--lease-name=No_name",
            "--lease-namespace=Not_one",
            "--log-level=loud",
            "--log-format=xml");
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(() -> options.configuration(FACTORIES))
        .withMessageContaining("no server is configured; give --vcenter-host (VCENTER_HOST)")
        .withMessageContaining("'Not_ok' is not a namespace name")
        .withMessageContaining("70000 is not between 0 and 65535")
        .withMessageContaining("0 is not between 1 and 64")
        .withMessageContaining("--lease-name: 'No_name' is not a name of")
        .withMessageContaining("'Not_one' is not a namespace name")
        .withMessageContaining("'loud' is not one of ERROR, WARN, INFO")
        .withMessageContaining("'xml' is not one of text, json");
  }

  @Test
  void readsSeveralServersFromAFile() throws InventoryException, IOException {
    Path file =
        write(
            """
            servers:
              default: {host: vc1, page-size: 100}
              lab: {provider: fake, insecure: true}
            """);
    assertThat(parse("--config", file.toString()).configuration(FACTORIES).settings().servers())
        .containsExactly(
            new ServerSettings(
                "vsphere",
                new ProviderSettings("default", Map.of("host", "vc1", "page-size", "100"))),
            new ServerSettings("fake", new ProviderSettings("lab", Map.of("insecure", "true"))));
  }

  @Test
  void aFileAndASingleServerExcludeEachOther() throws IOException {
    RunOptions options =
        parse("--config", write("servers: {a: {host: b}}").toString(), "--vcenter-host", "c");
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(() -> options.configuration(FACTORIES))
        .withMessageContaining("--config and --vcenter-host exclude each other");
  }

  @Test
  void namesEverythingThatIsWrongWithTheFile() throws IOException {
    RunOptions options =
        parse(
            "--config",
            write("serverz: {}\nservers: {a: text, b: {host: [1, 2]}, '': {}}").toString());
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(() -> options.configuration(FACTORIES))
        .withMessageContaining("'serverz' is not a key")
        .withMessageContaining("server 'a' must be a map")
        .withMessageContaining("server 'b': host must have one plain value")
        .withMessageContaining("a server's name must not be blank");
  }

  @Test
  void aFileThatIsNotThereOrNotYamlIsNamed() throws IOException {
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(
            () -> parse("--config", folder.resolve("none").toString()).configuration(FACTORIES))
        .withMessageContaining("none' of --config cannot be read");
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(() -> parse("--config", write("a: [").toString()).configuration(FACTORIES))
        .withMessageContaining("is not YAML");
  }

  @Test
  void aProvidersMistakesAreReportedWithTheOthers() {
    RunOptions options = parse("--vcenter-host", "wrong", "--http-port=70000");
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(() -> options.configuration(FACTORIES))
        .withMessageContaining("host 'wrong' is wrong")
        .withMessageContaining("70000 is not between");
  }

  @Test
  void anUnknownProviderIsNamedWithThoseThatThereAre() throws IOException {
    RunOptions options =
        parse("--config", write("servers: {a: {provider: xen, host: b}}").toString());
    assertThatExceptionOfType(InventoryException.class)
        .isThrownBy(() -> options.configuration(FACTORIES))
        .withMessage("server 'a': there is no provider 'xen'; choose one of: fake, vsphere");
  }

  /** Takes every server but the host "wrong". */
  private record Strict(String name) implements InventoryProviderFactory {
    @Override
    public InventoryProvider create(ProviderSettings settings) throws InventoryException {
      if ("wrong".equals(settings.values().get("host"))) {
        throw new InventoryException(Failure.MISCONFIGURED, "host 'wrong' is wrong");
      }
      return (tenant, purpose) -> {
        throw new InventoryException(Failure.UNAVAILABLE, "nowhere");
      };
    }
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("servers.yaml"), text);
  }

  private static RunOptions parse(String... args) {
    return parse(Map.of(), args);
  }

  private static RunOptions parse(Map<String, String> variables, String... args) {
    Probe probe = new Probe();
    new CommandLine(probe).setDefaultValueProvider(new Environment(variables)).parseArgs(args);
    return probe.options;
  }

  @Command(mixinStandardHelpOptions = true)
  static final class Probe {
    @Mixin RunOptions options = new RunOptions();
  }
}
