package io.vminventory.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.vminventory.k8s.TenantResource;
import io.vminventory.operator.chart.Chart.Manifest;
import io.vminventory.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** Install, upgrade and uninstall of the chart on a real API server. */
@Timeout(180)
@EnabledIfEnvironmentVariable(named = RealCluster.KUBECONFIG, matches = ".+")
@Tag("slow")
class ChartIT {

  private static final String FIRST = "servers: {default: {host: vcenter.example.com}}\n";
  private static final String SECOND =
      FIRST + "replicas: 2\nnetworkPolicy: {enabled: false}\nlogLevel: DEBUG\n";

  private final RealCluster cluster = new RealCluster();
  private final KubernetesClient client = cluster.client();
  private final String namespace = "chart-" + UUID.randomUUID().toString().substring(0, 8);

  /** Unique, since cluster-scoped objects are named after it. */
  private final String release = namespace;

  @TempDir private Path folder;

  @BeforeEach
  void setUp() {
    cluster.empty();
    client
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  @AfterEach
  void tearDown() {
    uninstall();
    client.namespaces().withName(namespace).delete();
    cluster.close();
  }

  @Test
  void upgradeChangesEverythingAndUninstallKeepsDefinitionsAndTheirObjects() throws IOException {
    install();
    assertThat(objects(FIRST)).allSatisfy(this::assertThere);
    cluster.definitions().forEach(ChartIT::awaitEstablished);
    register();

    Resource<CustomResourceDefinition> tenants = cluster.definitions().get(0);
    List<String> columns = columns(tenants.get());
    tenants.edit(ChartIT::withoutColumns);
    upgrade();
    assertThat(columns(tenants.get())).isEqualTo(columns).isNotEmpty();
    assertThat(objects(SECOND)).allSatisfy(this::assertThere);
    assertThat(deployment().getSpec().getReplicas()).isEqualTo(2);
    assertThat(client.policy().v1().podDisruptionBudget().inNamespace(namespace).list().getItems())
        .hasSize(1);
    assertThat(client.network().v1().networkPolicies().inNamespace(namespace).list().getItems())
        .isEmpty();

    uninstall();
    assertThat(objects(SECOND).stream().filter(object -> !isDefinition(object)))
        .allSatisfy(object -> assertThat(client.resource(object).get()).isNull());
    assertThat(client.secrets().inNamespace(namespace).list().getItems()).isEmpty();
    assertThat(client.configMaps().inNamespace(namespace).list().getItems())
        .extracting(map -> map.getMetadata().getName())
        .isSubsetOf("kube-root-ca.crt");
    assertThat(cluster.definitions()).allSatisfy(kept -> assertThat(kept.get()).isNotNull());
    assertThat(tenant().get()).isNotNull();

    install();
    assertThat(tenant().get()).isNotNull();
  }

  @Test
  void userRolesAllowTenantsAndForbidWritingRecords() throws IOException {
    install();
    bind("ann", "view");
    bind("bob", "admin");
    Eventually.within(Duration.ofSeconds(20)).until(() -> may("bob", "create", "tenants"));
    assertThat(may("ann", "list", "vms")).isTrue();
    assertThat(may("ann", "watch", "tenants")).isTrue();
    assertThat(may("ann", "patch", "tenants")).isFalse();
    assertThat(may("bob", "delete", "tenants")).isTrue();
    assertThat(may("bob", "get", "vms")).isTrue();
    for (String verb : List.of("create", "update", "patch", "delete")) {
      assertThat(may("bob", verb, "vms")).as(verb).isFalse();
    }
    assertThat(may("nobody", "get", "vms")).isFalse();
  }

  private void install() throws IOException {
    Chart.helm()
        .install()
        .withName(release)
        .withNamespace(namespace)
        .withKubeConfig(cluster.kubeconfig())
        .withValuesFile(Files.writeString(folder.resolve("first.yaml"), FIRST))
        .call();
  }

  private void upgrade() throws IOException {
    Chart.helm()
        .upgrade()
        .withName(release)
        .withNamespace(namespace)
        .withKubeConfig(cluster.kubeconfig())
        .withValuesFile(Files.writeString(folder.resolve("second.yaml"), SECOND))
        .call();
  }

  private void uninstall() {
    Helm.uninstall(release).withNamespace(namespace).withKubeConfig(cluster.kubeconfig()).call();
  }

  private List<HasMetadata> objects(String values) {
    return Chart.render(release, namespace, values).stream().map(Manifest::object).toList();
  }

  private static boolean isDefinition(HasMetadata object) {
    return object instanceof CustomResourceDefinition;
  }

  private void assertThere(HasMetadata object) {
    assertThat(client.resource(object).get())
        .as(object.getKind() + " " + object.getMetadata().getName())
        .isNotNull();
  }

  private static void awaitEstablished(Resource<CustomResourceDefinition> definition) {
    Eventually.within(Duration.ofSeconds(20))
        .until(
            () ->
                Optional.ofNullable(definition.get().getStatus())
                    .map(CustomResourceDefinitionStatus::getConditions)
                    .orElse(List.of())
                    .stream()
                    .anyMatch(
                        condition ->
                            condition.getType().equals("Established")
                                && condition.getStatus().equals("True")));
  }

  private static List<String> columns(CustomResourceDefinition definition) {
    return definition.getSpec().getVersions().get(0).getAdditionalPrinterColumns().stream()
        .map(column -> column.getName())
        .toList();
  }

  private static CustomResourceDefinition withoutColumns(CustomResourceDefinition definition) {
    definition.getSpec().getVersions().get(0).setAdditionalPrinterColumns(List.of());
    return definition;
  }

  private Deployment deployment() {
    return client
        .apps()
        .deployments()
        .inNamespace(namespace)
        .withName(release + "-vminventory")
        .require();
  }

  private void register() {
    client
        .resource(
            client
                .getKubernetesSerialization()
                .unmarshal(
                    """
                    apiVersion: vminventory.io/v1
                    kind: Tenant
                    metadata: {name: test, namespace: %s}
                    spec: {username: ann, passwordSecretRef: {name: pass}}
                    """
                        .formatted(namespace),
                    TenantResource.class))
        .create();
  }

  private Resource<TenantResource> tenant() {
    return client.resources(TenantResource.class).inNamespace(namespace).withName("test");
  }

  private void bind(String user, String role) {
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(user)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .addNewSubject("rbac.authorization.k8s.io", "User", user, null)
                .build())
        .create();
  }

  private boolean may(String user, String verb, String resource) {
    return client
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(
            new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user)
                .withNewResourceAttributes()
                .withGroup("vminventory.io")
                .withResource(resource)
                .withVerb(verb)
                .withNamespace(namespace)
                .endResourceAttributes()
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }
}
