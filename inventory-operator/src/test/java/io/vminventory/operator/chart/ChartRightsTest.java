package io.vminventory.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.vminventory.operator.chart.Chart.Manifest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rights that the chart grants. */
@Tag("pure")
class ChartRightsTest {

  @Test
  void clusterWideRightsOfTheOperatorAreThisShortList() {
    assertThat(clusterRules("minimal", "vminventory-operator"))
        .containsExactlyInAnyOrder(
            "tenants [] get,list,watch,patch",
            "tenants/status [] patch",
            "vms [] list,watch",
            "vms [] get,create,update,delete",
            "secrets [] get",
            "namespaces [] get",
            "events [] create");
  }

  @Test
  void watchedNamespacesLeaveTwoClusterWideRights() {
    assertThat(clusterRules("namespaced", "vminventory-operator"))
        .containsExactlyInAnyOrder(
            "vms [] list,watch", "namespaces [team-a, team-a-vms, team-b] get");
  }

  @Test
  void secretsAreReadableInTenantNamespacesAndRecordsWritableInTargets() {
    String tenants = "tenants [] get,list,watch,patch; tenants/status [] patch; secrets [] get";
    String records = "vms [] get,create,update,delete; events [] create";
    assertThat(
            objects("namespaced", Role.class)
                .filter(role -> !role.getMetadata().getName().endsWith("-leader"))
                .map(
                    role ->
                        role.getMetadata().getNamespace()
                            + ": "
                            + String.join("; ", rules(role.getRules()))))
        .containsExactlyInAnyOrder(
            "team-a: " + tenants,
            "team-b: " + tenants,
            "team-a: " + records,
            "team-b: " + records,
            "team-a-vms: " + records);
  }

  @Test
  void leaseRightsNameOneLease() {
    assertThat(
            objects("minimal", Role.class)
                .map(role -> role.getMetadata().getNamespace() + ": " + rules(role.getRules())))
        .containsExactly("vminventory: [leases [vminventory] get,update, leases [] create]");
  }

  @Test
  void rightsAreBoundToTheOperatorOnly() {
    for (String values : List.of("minimal", "namespaced", "everything")) {
      assertThat(
              Stream.concat(
                  objects(values, RoleBinding.class)
                      .flatMap(binding -> binding.getSubjects().stream()),
                  objects(values, ClusterRoleBinding.class)
                      .flatMap(binding -> binding.getSubjects().stream())))
          .isNotEmpty()
          .allSatisfy(
              subject -> {
                assertThat(subject.getKind()).isEqualTo("ServiceAccount");
                assertThat(subject.getName())
                    .isEqualTo(values.equals("everything") ? "inventory" : "vminventory");
                assertThat(subject.getNamespace()).isEqualTo("vminventory");
              });
    }
  }

  @Test
  void userRolesCannotWriteRecords() {
    assertThat(clusterRules("minimal", "vminventory-viewer"))
        .containsExactly("tenants,vms [] get,list,watch");
    assertThat(clusterRules("minimal", "vminventory-editor"))
        .containsExactly("tenants [] create,update,patch,delete");
  }

  private static <T extends HasMetadata> Stream<T> objects(String values, Class<T> type) {
    return Chart.render(Chart.values(values)).stream()
        .map(Manifest::object)
        .filter(type::isInstance)
        .map(type::cast);
  }

  private static List<String> clusterRules(String values, String name) {
    return objects(values, ClusterRole.class)
        .filter(role -> role.getMetadata().getName().equals(name))
        .flatMap(role -> rules(role.getRules()).stream())
        .toList();
  }

  private static List<String> rules(List<PolicyRule> rules) {
    return rules.stream()
        .map(
            rule ->
                "%s %s %s"
                    .formatted(
                        String.join(",", rule.getResources()),
                        rule.getResourceNames(),
                        String.join(",", rule.getVerbs())))
        .toList();
  }
}
