package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the kubectl that VMINVENTORY_KUBECTL names, or else the one on the PATH, if any. */
@Tag("slow")
class KubectlTest {

  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
  @TempDir private Path directory;
  private String kubectl = "";

  @BeforeEach
  void install() throws IOException, InterruptedException {
    Optional<String> found = find();
    assumeTrue(found.isPresent(), "no kubectl");
    kubectl = found.get();
    kubernetes.install(Machines.definition());
    run("create", "namespace", "lab");
    Files.writeString(
        directory.resolve("a.yml"),
        """
        apiVersion: example.com/v1
        kind: Machine
        metadata: {name: a, namespace: lab}
        spec: {owner: ann, memoryMB: 2048}
        """);
  }

  @AfterEach
  void close() {
    kubernetes.close();
  }

  private static Optional<String> find() {
    return Stream.concat(
            Optional.ofNullable(System.getenv("VMINVENTORY_KUBECTL")).stream(),
            Arrays.stream(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1))
                .map(folder -> folder + File.separator + "kubectl"))
        .filter(file -> Files.isExecutable(Path.of(file)))
        .findFirst();
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(kubectl, "--request-timeout=20s"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(directory.toFile());
    builder.environment().put("KUBECONFIG", kubernetes.writeKubeconfig(directory).toString());
    builder.environment().put("HOME", directory.toString());
    Path output = directory.resolve("output");
    Process process = builder.redirectOutput(output.toFile()).start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("kubectl did not end: " + Files.readString(output));
    }
    return Files.readString(output);
  }

  private void applyWithStatus() throws IOException, InterruptedException {
    run("apply", "-f", "a.yml");
    run(
        "patch",
        "machine/a",
        "-n=lab",
        "--subresource=status",
        "--type=merge",
        "-p={\"status\":{\"power\":\"on\",\"ips\":[\"10.141.86.60\"],"
            + "\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}");
  }

  @Test
  void getPrintsTheColumnsOfTheDefinition() throws Exception {
    applyWithStatus();

    assertThat(run("get", "mach", "-A"))
        .containsPattern("NAMESPACE +NAME +POWER +MEMORYMB +IPS +ENABLED +SEEN +AGE\n")
        .containsPattern("lab +a +on +2048 +\\[\"10.141.86.60\"] +true +\\ds\n");
    assertThat(run("get", "lab", "-n=lab", "-o=wide")).containsPattern("AGE +READY\n.* True\n");
    assertThat(run("get", "mach", "-A", "--sort-by=.spec.memoryMB", "--no-headers")).contains("a");
    assertThat(run("get", "mach", "-A", "--field-selector=status.power=off"))
        .contains("No resources found");
  }

  @Test
  void applyIsIdempotentAndReportsViolations() throws Exception {
    assertThat(run("apply", "-f", "a.yml")).contains("machine.example.com/a created");
    assertThat(run("apply", "-f", "a.yml")).contains("machine.example.com/a unchanged");
    Files.writeString(
        directory.resolve("b.yml"),
        Files.readString(directory.resolve("a.yml")).replace("2048", "2o48"));

    assertThat(run("apply", "-f", "b.yml"))
        .contains("spec.memoryMB in body must be of type integer: \"string\"");
    assertThat(run("diff", "-f", "a.yml")).isEmpty();
  }

  @Test
  void serverSideApplyReportsConflicts() throws Exception {
    run("apply", "--server-side", "--field-manager=one", "-f", "a.yml");
    Files.writeString(
        directory.resolve("b.yml"),
        Files.readString(directory.resolve("a.yml")).replace("ann", "bob"));
    String[] other = {"apply", "--server-side", "--field-manager=two", "-f", "b.yml"};

    assertThat(run(other)).contains("conflict with \"one\": .spec.owner");
    assertThat(
            run(
                Stream.concat(Stream.of(other), Stream.of("--force-conflicts"))
                    .toArray(String[]::new)))
        .contains("machine.example.com/a serverside-applied");
  }

  @Test
  void deleteAndWaitComplete() throws Exception {
    applyWithStatus();

    assertThat(run("wait", "machine/a", "-n=lab", "--for=condition=Ready", "--timeout=10s"))
        .contains("condition met");
    assertThat(run("delete", "machine/a", "-n=lab")).contains("deleted");
    assertThat(run("get", "machine/a", "-n=lab")).contains("machines.example.com \"a\" not found");
  }

  @Test
  void describeExplainAndSecretsWork() throws Exception {
    applyWithStatus();

    assertThat(run("describe", "machine/a", "-n=lab")).contains("Memory MB:  2048");
    assertThat(run("explain", "machine.spec.owner")).contains("Who owns it.");
    assertThat(run("create", "secret", "generic", "s", "--from-literal=password=hush"))
        .contains("secret/s created");
    assertThat(run("get", "secret", "s", "-o=jsonpath={.data.password}")).isEqualTo("aHVzaA==");
    assertThat(run("auth", "can-i", "create", "machines")).contains("yes");
  }
}
