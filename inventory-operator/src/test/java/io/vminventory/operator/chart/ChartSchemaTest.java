package io.vminventory.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Invalid values are rejected by name before anything is installed. */
@Tag("pure")
class ChartSchemaTest {

  private static final String HOST = "servers: {default: {host: vcenter.example.com}}\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replica: 2 | replica",
        "replicas: two | /replicas",
        "replicas: -1 | /replicas",
        "watchNamespaces: team-a | /watchNamespaces",
        "watchNamespaces: [Team_A] | /watchNamespaces/0",
        "image: {tags: '1'} | tags",
        "image: {digest: latest} | /image/digest",
        "image: {pullPolicy: Sometimes} | /image/pullPolicy",
        "logLevel: LOUD | /logLevel",
        "logFormat: xml | /logFormat",
        "tenantSelector: [a] | /tenantSelector",
        "tenantSelector: shard=a | a release of its own name, such as vminventory-a",
        "extraArgs: --x | /extraArgs",
        "extraEnv: [{value: x}] | /extraEnv/0",
        "providers: /jars | /providers",
        "providers: {hostPath: {path: /jars}} | hostPath",
        "extraVolumes: {name: a} | /extraVolumes",
        "extraVolumes: [{name: a, hostPath: {path: /}}] | hostPath",
        "extraVolumeMounts: [a] | /extraVolumeMounts/0",
        "runAsUser: 0 | /runAsUser",
        "rbac: {enabled: true} | enabled",
        "networkPolicy: {apiServerPorts: [0]} | /networkPolicy/apiServerPorts/0",
        "metrics: {serviceMonitor: {interval: often}} | /metrics/serviceMonitor/interval",
        "metrics: {prometheusRule: {interval: 1m}} | interval",
        "metrics: {dashboard: {enabled: 'yes'}} | /metrics/dashboard/enabled",
        "fullnameOverride: Inventory | /fullnameOverride",
        "targetNamespaces: [a] | set watchNamespaces too",
      })
  void wrongValuesAreNamed(String values, String named) {
    assertRefused(HOST + values, named);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | name at least one vCenter",
        "{default: {}} | /servers/default",
        "{default: {hots: a}} | hots",
        "{default: {host: a, ca-fil: b}} | ca-fil",
        "{default: {host: a, thumbprint: '12:34'}} | /servers/default/thumbprint",
        "{default: {host: a, insecure: 'yes'}} | /servers/default/insecure",
        "{default: {host: a, max-wait: soon}} | /servers/default/max-wait",
        "{default: {host: a, page-size: 0}} | /servers/default/page-size",
        "{default: {host: a, ca-config-map: vcenter-ca}} | /servers/default/ca-config-map",
        "{default: {host: a, provider: Proxmox}} | /servers/default/provider",
        "{default: {provider: proxmox, nodes: [a, b]}} | /servers/default/nodes",
        "{default: {host: a, provider: vsphere, nodes: a}} | nodes",
        "{default: {host: a, ca: b, insecure: true}} | ca and insecure exclude each other",
      })
  void wrongServersAreNamed(String servers, String named) {
    assertRefused("servers: " + servers, named);
  }

  @Test
  void allMistakesAreReportedTogether() {
    assertRefused(HOST + "replicas: two\nlogLevel: LOUD", "/replicas", "/logLevel");
  }

  @Test
  void chartCanBeASubchart() {
    assertThat(Chart.render(HOST + "global: {registry: x}")).isNotEmpty();
  }

  private static void assertRefused(String values, String... named) {
    assertThatIllegalStateException()
        .isThrownBy(() -> Chart.render(values))
        .withMessageContainingAll(named);
  }
}
