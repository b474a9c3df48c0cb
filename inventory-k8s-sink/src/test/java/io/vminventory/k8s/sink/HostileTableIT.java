package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vminventory.api.Inventory;
import io.vminventory.api.PowerState;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.RealCluster;
import io.vminventory.k8s.TenantResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Output of kubectl for records with hostile texts. */
@EnabledIfEnvironmentVariable(named = RealCluster.KUBECONFIG, matches = ".+")
@EnabledIfEnvironmentVariable(named = HostileTableIT.KUBECTL, matches = ".+")
@Tag("slow")
class HostileTableIT extends SinkFixture {

  static final String KUBECTL = "VMINVENTORY_KUBECTL";

  private static final List<String> TEXTS =
      List.of(
          "\u001b[2J\u001b[31mred",
          "\u009b31mred",
          "\u001b]0;title\u0007",
          "a\r\nNAME POWERSTATE\nforged poweredOn",
          "a\u0000b\bc\u007f",
          "user\u202egpj.exe\u2066",
          "../../../etc/passwd",
          "x".repeat(10_000),
          "'; rm -rf / #",
          "{{ .Values }} ${x} %s",
          "- a: *b\n---\nkind: Secret",
          "\ud800");

  /** Characters that could move a terminal's cursor or change the reading direction. */
  private static final String DANGEROUS =
      "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]";

  @TempDir private Path directory;

  HostileTableIT() {
    super(new RealCluster());
  }

  @Test
  void tablesOfRecordsContainOnlyText() throws Exception {
    List<VirtualMachine> machines = new ArrayList<>();
    for (String text : TEXTS) {
      machines.add(
          VirtualMachine.builder(Machines.id(machines.size()), text)
              .powerState(PowerState.POWERED_ON)
              .ips(List.of(text))
              .guestOS(text)
              .guestHostName(text)
              .host(text)
              .folder(text)
              .build());
    }
    assertThat(apply(Inventory.of("", machines)).complete()).isTrue();

    for (String output : List.of("wide", "yaml", "json")) {
      assertThat(kubectl("get", "vm", "-o", output)).doesNotContainPattern(DANGEROUS);
    }
    assertThat(kubectl("describe", "vm")).doesNotContainPattern(DANGEROUS);
    assertThat(kubectl("get", "vm", "--no-headers").lines().map(line -> line.split(" ")[0]))
        .hasSize(TEXTS.size())
        .allMatch(name -> name.matches("[a-z0-9]([-.a-z0-9]*[a-z0-9])?"));
  }

  @Test
  void kubectlEscapesTheSpecOfATenant() throws Exception {
    TenantResource tenant =
        client()
            .getKubernetesSerialization()
            .unmarshal(
                """
                apiVersion: vminventory.io/v1
                kind: Tenant
                spec: {username: "\\e[31mred\\nforged", passwordSecretRef: {name: pass}}
                """,
                TenantResource.class);
    tenant.setMetadata(
        new ObjectMetaBuilder().withName("hostile").withNamespace(namespace()).build());
    client().resource(tenant).create();

    assertThat(kubectl("get", "tenant", "--no-headers"))
        .startsWith("hostile   ^[[31mred")
        .doesNotContainPattern(DANGEROUS)
        .hasLineCount(1);
  }

  private String kubectl(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(System.getenv(KUBECTL), "--request-timeout=20s", "-n", namespace()));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("KUBECONFIG", System.getenv(RealCluster.KUBECONFIG));
    builder.environment().put("HOME", directory.toString());
    Process process = builder.redirectOutput(output.toFile()).start();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("kubectl did not end: " + Files.readString(output));
    }
    String text = Files.readString(output);
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
