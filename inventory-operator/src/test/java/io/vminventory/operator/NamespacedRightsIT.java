package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.VmResource;
import io.vminventory.operator.chart.Chart;
import io.vminventory.operator.chart.Chart.Manifest;
import io.vminventory.operator.cli.DoctorCommand;
import io.vminventory.testkit.Eventually;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import picocli.CommandLine;

/** The operator with exactly the rights that the chart grants for named namespaces. */
@Timeout(180)
@EnabledIfEnvironmentVariable(named = RealPeers.KUBECONFIG, matches = ".+")
@EnabledIfEnvironmentVariable(named = RealPeers.VCENTER_URL, matches = ".+")
@Tag("slow")
class NamespacedRightsIT {

  private static final String LEASE = "namespaced";

  private final RealPeers peers = new RealPeers();
  private final OperatorFixture fixture = new OperatorFixture(peers);
  private final String outside = fixture.namespace + "-outside";
  private final List<HasMetadata> rights =
      Chart.render(
              fixture.namespace,
              fixture.namespace,
              """
              servers: {default: {host: vcenter.example.com}}
              watchNamespaces: [%s]
              targetNamespaces: [%s]
              serviceAccount: {name: operator}
              rbac: {userRoles: false}
              fullnameOverride: %s
              """
                  .formatted(fixture.namespace, fixture.target, LEASE))
          .stream()
          .filter(manifest -> manifest.template().matches("(rbac|serviceaccount).*"))
          .map(Manifest::object)
          .toList();

  @BeforeEach
  void setUp() throws Exception {
    rights.forEach(right -> peers.admin().resource(right).create());
    fixture.namespace(outside, Map.of(Names.ALLOW_TENANTS_FROM_ANNOTATION, "*"));
    fixture.clients(() -> peers.as(fixture.namespace, "operator")).start();
  }

  @AfterEach
  void tearDown() throws Exception {
    fixture.close();
    rights.forEach(right -> peers.admin().resource(right).delete());
    peers.admin().namespaces().withName(outside).delete();
    peers.close();
  }

  @Test
  void tenantOfAWatchedNamespaceIsMirroredAndReleased() {
    fixture.register("test");
    fixture.awaitUpToDate("test");
    fixture.awaitExecuted("test");
    int machines = peers.machines().size();
    assertThat(fixture.records()).hasSize(machines);
    peers.admin().resource(fixture.records().get(0)).delete();
    Eventually.within(OperatorFixture.TIMEOUT).until(() -> fixture.records().size() == machines);
    assertThat(fixture.events("test")).isNotEmpty();
  }

  @Test
  void tenantWithAForbiddenTargetIsReportedAndOthersAreMirrored() {
    fixture.register("stray", outside);
    fixture.register("test");
    assertThat(fixture.awaitCondition("stray", "Ready", "False", "NamespaceForbidden"))
        .contains("no right to read namespace '" + outside + "'");
    fixture.awaitUpToDate("test");
    assertThat(fixture.records(outside)).isEmpty();
  }

  @Test
  void doctorNeedsNoMoreThanTheChartGrants() {
    StringWriter out = new StringWriter();
    new CommandLine(new DoctorCommand(() -> peers.as(fixture.namespace, "operator")))
        .setOut(new PrintWriter(out, true))
        .execute(
            "--vcenter-host=" + peers.server().get("host"),
            "--vcenter-ca-file=" + peers.server().get("ca-file"),
            "--watch-namespaces=" + fixture.namespace,
            "--leader-elect",
            "--lease-namespace=" + fixture.namespace,
            "--lease-name=" + LEASE);
    assertThat(out.toString())
        .contains(" 0 failed, 0 skipped.")
        .containsPattern("ok +rights +secrets +get in " + fixture.namespace + "\n")
        .containsPattern("ok +rights +namespaces +get on " + fixture.namespace + "\n")
        .contains("get, update on " + LEASE + " in " + fixture.namespace);
  }

  @Test
  void noOtherRightsAreGranted() {
    try (KubernetesClient operator = peers.as(fixture.namespace, "operator")) {
      assertThat(operator.secrets().inNamespace(fixture.namespace).withName("pass").get())
          .isNotNull();
      assertForbidden(() -> operator.secrets().inNamespace("default").withName("any").get());
      assertForbidden(() -> operator.secrets().inNamespace(fixture.target).withName("any").get());
      assertForbidden(() -> operator.secrets().inNamespace(fixture.namespace).list());
      assertForbidden(() -> operator.secrets().inAnyNamespace().list());
      assertForbidden(() -> operator.namespaces().withName(outside).get());
      assertForbidden(() -> operator.namespaces().list());
      assertForbidden(() -> operator.resources(TenantResource.class).inAnyNamespace().list());
      assertForbidden(
          () -> operator.resources(VmResource.class).inNamespace(outside).withName("any").get());
    }
  }

  private static void assertForbidden(ThrowingCallable request) {
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(request)
        .satisfies(refusal -> assertThat(refusal.getCode()).isEqualTo(403));
  }
}
