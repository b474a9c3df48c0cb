package io.vminventory.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * All commands of the installation page, in order, against a real API server. The vCenter's
 * certificate is that of the test bed.
 */
@Timeout(300)
@EnabledIfEnvironmentVariable(named = RealCluster.KUBECONFIG, matches = ".+")
@EnabledIfEnvironmentVariable(named = "VMINVENTORY_KUBECTL", matches = ".+")
@EnabledIfEnvironmentVariable(named = "VMINVENTORY_IT_VCENTER_CA", matches = ".+")
@Tag("slow")
class InstallPageIT {

  /** Commands that need a container engine or a node. */
  private static final List<String> NOT_RUNNABLE =
      List.of("./mvnw package", "docker build", "kubectl -n vminventory rollout status");

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private static final String CA = "/etc/ssl/vcenter.pem";

  @TempDir private Path folder;

  @Test
  void everyCommandWorksAndUninstallLeavesNothing() throws Exception {
    try (RealCluster cluster = new RealCluster()) {
      cluster.empty();
      HelmCommandLine helm = new HelmCommandLine(InstallPage.ROOT, cluster.kubeconfig());
      int run = 0;
      for (String line : InstallPage.commands()) {
        String command = line.replace(CA, System.getenv("VMINVENTORY_IT_VCENTER_CA"));
        if (NOT_RUNNABLE.stream().noneMatch(line::startsWith)) {
          cluster.awaitServed();
          if (line.startsWith("helm ")) {
            assertTimeoutPreemptively(TIMEOUT, () -> helm.run(command), command);
          } else {
            process(command, cluster.kubeconfig());
          }
          run++;
        }
      }
      assertThat(run).isGreaterThan(12);
      assertNothingLeft(cluster.client());
    }
  }

  private static void assertNothingLeft(KubernetesClient client) {
    assertThat(client.apiextensions().v1().customResourceDefinitions().list().getItems())
        .extracting(definition -> definition.getMetadata().getName())
        .noneMatch(name -> name.endsWith("vminventory.io"));
    assertThat(client.rbac().clusterRoles().list().getItems())
        .extracting(role -> role.getMetadata().getName())
        .noneMatch(name -> name.startsWith("vminventory-"));
    assertThat(client.rbac().clusterRoleBindings().list().getItems())
        .extracting(binding -> binding.getMetadata().getName())
        .noneMatch(name -> name.startsWith("vminventory-"));
    assertThat(client.namespaces().withName("vminventory").get()).isNull();
  }

  private void process(String command, Path kubeconfig) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
    assertThat(words.get(0)).isEqualTo("kubectl");
    words.set(0, System.getenv("VMINVENTORY_KUBECTL"));
    Path output = Files.createTempFile(folder, "kubectl", ".out");
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.directory(InstallPage.ROOT.toFile()).redirectOutput(output.toFile());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    Process process = builder.start();
    try {
      boolean ended = process.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
      String context = command + "\n" + Files.readString(output);
      assertThat(ended).as("ended in time: %s", context).isTrue();
      assertThat(process.exitValue()).as(context).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
