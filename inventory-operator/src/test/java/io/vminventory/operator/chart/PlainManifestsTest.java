package io.vminventory.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vminventory.operator.chart.Chart.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The manifests for users without Helm equal the rendered chart. {@code
 * -Dvminventory.manifests=write} writes them first.
 */
@Tag("pure")
class PlainManifestsTest {

  private static final Path DEPLOY = Path.of("deploy");
  private static final boolean WRITE = "write".equals(System.getProperty("vminventory.manifests"));

  private static final String HEADER =
      """
      # %s
      #
      # Rendered from the chart in helm/vminventory by PlainManifestsTest, which says how to do it again; do not edit here
      # what is to be in the next version too.
      """;

  /** Labels and annotations that only Helm uses. */
  private static final Pattern HELM =
      Pattern.compile(
          "(?m)^ *(helm\\.sh/chart|app\\.kubernetes\\.io/managed-by): .*\\R"
              + "|^ *annotations:\\R *# Other servers are another pod\\.\\R *checksum/servers: .*\\R");

  @ParameterizedTest
  @CsvSource({
    "rbac.yaml,The account of the operator and its rights and those of people.",
    "deployment.yaml,'Set the image, the host of your vCenter (ConfigMap), and its port (NetworkPolicy) if that is not 443.'"
  })
  void manifestsEqualTheRenderedChart(String file, String about) throws IOException {
    boolean rights = file.equals("rbac.yaml");
    String rendered =
        Chart.render(Chart.values("plain")).stream()
            .filter(manifest -> manifest.template().matches("(rbac|serviceaccount).*") == rights)
            .map(manifest -> HELM.matcher(manifest.text()).replaceAll(""))
            .collect(Collectors.joining("---\n", HEADER.formatted(about), ""));
    if (WRITE) {
      Files.writeString(DEPLOY.resolve(file), rendered);
    }
    assertThat(Files.readString(DEPLOY.resolve(file))).isEqualTo(rendered);
    assertThat(rendered).doesNotContain("Helm", "helm.sh");
  }

  /** Helm can include only files of its chart, so the chart contains copies. */
  @ParameterizedTest
  @ValueSource(strings = {"alerts.yaml", "dashboard.json"})
  void chartContainsTheAlertsAndTheDashboard(String file) throws IOException {
    Path original = DEPLOY.resolve("observability").resolve(file);
    Path copy = Chart.FOLDER.resolve("files/observability").resolve(file);
    if (WRITE) {
      Files.copy(original, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    assertThat(copy).hasSameTextualContentAs(original);
  }

  @Test
  void namespaceEnforcesTheRestrictedProfile() throws IOException {
    Namespace namespace =
        new KubernetesSerialization()
            .unmarshal(Files.readString(DEPLOY.resolve("namespace.yaml")), Namespace.class);
    assertThat(namespace.getMetadata().getLabels())
        .containsEntry("pod-security.kubernetes.io/enforce", "restricted");
    Set<String> namespaces =
        Chart.render(Chart.values("plain")).stream()
            .map(Manifest::object)
            .map(object -> object.getMetadata().getNamespace())
            .filter(name -> name != null)
            .collect(Collectors.toSet());
    assertThat(namespaces).containsExactly(namespace.getMetadata().getName());
  }
}
