package io.vminventory.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.vminventory.operator.chart.Chart.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Optional objects of the chart for Prometheus and Grafana. */
@Tag("pure")
class ChartMonitoringTest {

  private static final Path OBSERVABILITY = Path.of("deploy", "observability");

  @Test
  void alertsEqualTheTestedOnesWithTheirTemplates() throws IOException {
    JsonNode rule = new YAMLMapper().readTree(manifest("prometheusrule.yaml").text());
    assertThat(rule.path("kind").asText()).isEqualTo("PrometheusRule");
    assertThat(rule.at("/metadata/labels/release").asText()).isEqualTo("prometheus");
    assertThat(rule.path("spec"))
        .isEqualTo(new YAMLMapper().readTree(OBSERVABILITY.resolve("alerts.yaml").toFile()));
    assertThat(rule.at("/spec/groups/0/rules")).hasSizeGreaterThan(3);
  }

  @Test
  void dashboardHasItsLabelAndEqualsTheOneInTheRepository() throws IOException {
    ConfigMap dashboard = (ConfigMap) manifest("dashboard.yaml").object();
    assertThat(dashboard.getMetadata().getName()).isEqualTo("inventory-dashboard");
    assertThat(dashboard.getMetadata().getLabels())
        .containsEntry("grafana", "yes")
        .containsEntry("grafana_dashboard", "1");
    assertThat(new ObjectMapper().readTree(dashboard.getData().get("vminventory.json")))
        .isEqualTo(new ObjectMapper().readTree(OBSERVABILITY.resolve("dashboard.json").toFile()));
  }

  private static Manifest manifest(String template) {
    return Chart.render(Chart.values("everything")).stream()
        .filter(manifest -> manifest.template().equals(template))
        .findFirst()
        .orElseThrow();
  }
}
