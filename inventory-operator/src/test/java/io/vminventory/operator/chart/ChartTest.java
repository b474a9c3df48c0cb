package io.vminventory.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventoryProviderFactory;
import io.vminventory.api.ProviderSettings;
import io.vminventory.operator.chart.Chart.Manifest;
import io.vminventory.operator.config.RunOptions;
import io.vminventory.testkit.tls.TestCertificates;
import io.vminventory.vsphere.VsphereProviderFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Objects that the chart renders for given values. */
@Tag("pure")
class ChartTest {

  private static final String KEEP = "  annotations:\n    helm.sh/resource-policy: keep\n";

  @TempDir private Path folder;

  @Test
  void lintPasses() {
    LintResult lint = Chart.helm().lint().strict().quiet().call();
    assertThat(lint.getMessages()).noneMatch(line -> line.matches(".*(WARNING|ERROR).*"));
    assertThat(lint.isFailed()).isFalse();
  }

  @Test
  void chartHasTheVersionOfTheBuild() throws IOException {
    String version =
        Files.readString(Path.of("pom.xml"))
            .replaceFirst("(?s).*?<parent>.*?<version>(.*?)</version>.*", "$1");
    assertThat(Files.readAllLines(Chart.FOLDER.resolve("Chart.yaml")))
        .contains("version: " + version, "appVersion: " + version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "plain", "namespaced", "everything"})
  void podsMeetTheRestrictedProfile(String values) {
    PodSpec pod = deployment(Chart.render(Chart.values(values))).getSpec().getTemplate().getSpec();
    assertThat(RestrictedProfile.violations(pod)).isEmpty();
    assertThat(pod.getEnableServiceLinks()).isFalse();
    assertThat(pod.getContainers())
        .allSatisfy(
            container -> {
              assertThat(container.getStartupProbe().getHttpGet().getPath()).isEqualTo("/livez");
              assertThat(container.getLivenessProbe()).isNotNull();
              assertThat(container.getReadinessProbe()).isNotNull();
              assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
              assertThat(container.getResources().getLimits()).containsKey("memory");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"minimal", "plain", "namespaced", "everything"})
  void objectsAreUniqueAndLabelled(String values) {
    List<Manifest> manifests = Chart.render(Chart.values(values));
    assertThat(manifests)
        .extracting(manifest -> name(manifest.object()))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(8);
    assertThat(manifests)
        .filteredOn(manifest -> !manifest.template().equals("crds.yaml"))
        .allSatisfy(
            manifest -> {
              HasMetadata object = manifest.object();
              assertThat(object.getMetadata().getLabels())
                  .containsEntry("app.kubernetes.io/name", "vminventory")
                  .containsEntry("app.kubernetes.io/instance", "vminventory");
              if (object instanceof Namespaced) {
                assertThat(object.getMetadata().getNamespace()).isNotEmpty();
              }
            });
  }

  private static String name(HasMetadata object) {
    return "%s %s/%s"
        .formatted(
            object.getKind(), object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  @Test
  void definitionsAreTheGeneratedOnesAndAreKept() throws IOException {
    List<Manifest> definitions =
        Chart.render(Chart.values("minimal")).stream()
            .filter(manifest -> manifest.template().equals("crds.yaml"))
            .toList();
    assertThat(definitions).hasSize(2);
    for (Manifest definition : definitions) {
      Path generated =
          Path.of("deploy", "crds", definition.object().getMetadata().getName() + ".yaml");
      assertThat(definition.text()).contains(KEEP);
      assertThat(definition.text().replace(KEEP, "")).isEqualTo(Files.readString(generated));
    }
  }

  @Test
  void operatorReadsTheServersOfTheChart() throws Exception {
    String ca = TestCertificates.forLoopback().caPem();
    List<Manifest> manifests = Chart.render(withCa(ca));
    ConfigMap servers =
        one(
            manifests.stream().filter(each -> each.template().equals("servers.yaml")).toList(),
            ConfigMap.class);
    for (Map.Entry<String, String> file : servers.getData().entrySet()) {
      Files.writeString(
          folder.resolve(file.getKey()),
          file.getValue().replace("/etc/vminventory", folder.toString()));
    }
    Files.writeString(folder.resolve("bundle.ca.pem"), ca);
    Operator operator = new Operator();
    new CommandLine(operator).parseArgs("--config", folder.resolve("servers.yaml").toString());
    assertThat(
            operator
                .options
                .configuration(List.of(new VsphereProviderFactory(), new Ledger()))
                .settings()
                .servers())
        .extracting(
            server -> server.settings().server() + " " + new TreeMap<>(server.settings().values()))
        .containsExactlyInAnyOrder(
            "default {ca-file=%s/default.ca.pem, host=https://vcenter.example.com/sdk, page-size=200, request-timeout=90s}"
                .formatted(folder),
            "lab {host=10.0.0.5:8443, thumbprint=80:6B:A8:56:7C:F7:52:71:51:52:55:0B:E5:3F:A3:4E:B0:D3:93:BC:7A:70:30:FA:F0:42:18:C1:46:9B:0B:37}",
            "old {host=[2001:db8::5]:9443, insecure=true}",
            "bundle {ca-file=%s/bundle.ca.pem, host=vcenter4.example.com}".formatted(folder),
            "ledger {file=/ledger/machines.xlsx, visible-to-all=true}",
            "plaintext {host=http://localhost}");
    assertThat(deployment(manifests).getSpec().getTemplate().getSpec().getVolumes())
        .filteredOn(volume -> volume.getName().equals("servers"))
        .flatExtracting(volume -> volume.getProjected().getSources())
        .extracting(source -> source.getConfigMap().getName())
        .containsExactly("inventory-servers", "corporate-ca");
  }

  /** A provider from a jar. */
  private static final class Ledger implements InventoryProviderFactory {

    @Override
    public String name() {
      return "ledger";
    }

    @Override
    public InventoryProvider create(ProviderSettings settings) {
      return (tenant, purpose) -> {
        throw new InventoryException(Failure.DENIED, "nobody");
      };
    }
  }

  @Command(name = "test")
  private static final class Operator {
    @Mixin private RunOptions options = new RunOptions();
  }

  private static String withCa(String ca) throws IOException {
    return Files.readString(Chart.values("everything"))
        .replaceAll("(?s)ca: \\|.*?-----END CERTIFICATE-----\n", "ca: |\n" + ca.indent(6));
  }

  @Test
  void everyValueIsRendered() {
    List<Manifest> manifests = Chart.render(Chart.values("everything"));
    Deployment deployment = deployment(manifests);
    assertThat(deployment.getMetadata().getName()).isEqualTo("inventory");
    assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
    PodSpec pod = deployment.getSpec().getTemplate().getSpec();
    assertThat(pod.getServiceAccountName()).isEqualTo("inventory");
    assertThat(pod.getSecurityContext().getRunAsUser()).isNull();
    assertThat(pod.getPriorityClassName()).isEqualTo("system-cluster-critical");
    assertThat(pod.getTopologySpreadConstraints()).isEmpty();
    assertThat(pod.getContainers().get(0).getImage())
        .startsWith("registry.example.com/vminventory-operator@sha256:0123");
    assertThat(pod.getContainers().get(0).getArgs()).containsExactly("run", "--parallel-writes=8");
    assertThat(pod.getContainers().get(0).getEnv())
        .extracting(variable -> variable.getName() + "=" + variable.getValue())
        .contains(
            "VMINVENTORY_LOG_LEVEL=DEBUG",
            "VMINVENTORY_LOG_FORMAT=json",
            "VMINVENTORY_TENANT_SELECTOR=shard in (a,b)",
            "VMINVENTORY_WATCH_NAMESPACES=team-a",
            "VMINVENTORY_LEADER_ELECT=true",
            "VMINVENTORY_LEASE_NAME=inventory",
            "VMINVENTORY_PROVIDERS=/providers",
            "TZ=UTC");
    assertThat(pod.getVolumes())
        .filteredOn(volume -> volume.getPersistentVolumeClaim() != null)
        .extracting(
            volume -> volume.getName() + " " + volume.getPersistentVolumeClaim().getClaimName())
        .containsExactly("providers providers", "ledger ledger");
    assertThat(pod.getContainers().get(0).getVolumeMounts())
        .extracting(
            mount -> mount.getName() + " " + mount.getMountPath() + " " + mount.getReadOnly())
        .contains("providers /providers true", "ledger /ledger true");
    assertThat(one(manifests, NetworkPolicy.class).getSpec().getEgress().get(1).getPorts())
        .extracting(port -> port.getPort().getIntVal())
        .containsExactlyInAnyOrder(7443, 443, 8443, 9443, 80);
    assertThat(manifests)
        .extracting(Manifest::template)
        .contains("servicemonitor.yaml", "poddisruptionbudget.yaml")
        .doesNotContain("crds.yaml", "rbac-users.yaml");
  }

  @Test
  void stockOperatorRunsTheExampleProvider() {
    Path values = Path.of("..", "examples", "ledger-provider", "deploy", "values.yaml");
    PodSpec pod = deployment(Chart.render(values)).getSpec().getTemplate().getSpec();
    assertThat(RestrictedProfile.violations(pod)).isEmpty();
    assertThat(pod.getContainers().get(0).getVolumeMounts())
        .extracting(mount -> mount.getMountPath())
        .contains("/providers", "/ledger", "/etc/ledger");
    assertThat(pod.getVolumes())
        .extracting(volume -> volume.getName())
        .contains("providers", "ledger", "ledger-accounts");
  }

  @Test
  void notesWarnOfUnverifiedServers() {
    String notes =
        Chart.helm()
            .install()
            .withName("vminventory")
            .withNamespace("vminventory")
            .withKubeVersion("1.29.0")
            .clientOnly()
            .dryRun()
            .withValuesFile(Chart.values("everything"))
            .call()
            .getOutput();
    assertThat(notes)
        .contains("reads these servers: bundle, default, lab, ledger, old, plaintext.")
        .contains("rollout status deployment/inventory")
        .containsOnlyOnce("WARNING")
        .contains("the certificate of server old is not checked");
  }

  @Test
  void singleReplicaHasNoDisruptionBudget() {
    assertThat(Chart.render(Chart.values("minimal")))
        .extracting(Manifest::template)
        .doesNotContain("poddisruptionbudget.yaml", "servicemonitor.yaml")
        .doesNotContain("prometheusrule.yaml", "dashboard.yaml");
  }

  @Test
  void changedServersRestartThePod() {
    assertThat(checksum("servers: {default: {host: a}}"))
        .isEqualTo(checksum("servers: {default: {host: a}}\nreplicas: 2"))
        .isNotEqualTo(checksum("servers: {default: {host: b}}"));
  }

  private static String checksum(String values) {
    return deployment(Chart.render(values))
        .getSpec()
        .getTemplate()
        .getMetadata()
        .getAnnotations()
        .getOrDefault("checksum/servers", "none");
  }

  private static Deployment deployment(List<Manifest> manifests) {
    return one(manifests, Deployment.class);
  }

  private static <T extends HasMetadata> T one(List<Manifest> manifests, Class<T> type) {
    List<T> found =
        manifests.stream().map(Manifest::object).filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }
}
