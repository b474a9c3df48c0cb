package io.vminventory.operator.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vminventory.api.Finding;
import io.vminventory.api.Finding.Level;
import io.vminventory.operator.inspect.Right.Where;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RightTest {

  private static final Right SECRETS =
      new Right("", "secrets", List.of("get"), Where.WHERE_TENANTS_ARE);
  private static final Right TENANTS =
      new Right("vminventory.io", "tenants", List.of("get", "list"), Where.WHERE_TENANTS_ARE);

  /** Neither a right too few, with which the doctor would praise too early, nor one too many. */
  @Test
  void theTableIsTheClusterRoleThatIsDeployed() throws Exception {
    Map<String, Set<String>> needed = new TreeMap<>();
    Right.ALL.forEach(right -> needed.put(right.name(), new TreeSet<>(right.verbs())));

    assertThat(needed).isEqualTo(granted()).hasSizeGreaterThan(5);
  }

  private static Map<String, Set<String>> granted() throws Exception {
    Object objects =
        new KubernetesSerialization()
            .unmarshal(Files.newInputStream(Path.of("deploy", "rbac.yaml")));
    Map<String, Set<String>> granted = new TreeMap<>();
    ((Collection<?>) objects)
        .stream()
            .filter(ClusterRole.class::isInstance)
            .map(ClusterRole.class::cast)
            .filter(role -> role.getMetadata().getName().equals("vminventory-operator"))
            .flatMap(role -> role.getRules().stream())
            .forEach(
                rule -> {
                  for (String group : rule.getApiGroups()) {
                    for (String resource : rule.getResources()) {
                      granted
                          .computeIfAbsent(
                              new Right(group, resource, List.of(), Where.EVERYWHERE).name(),
                              any -> new TreeSet<>())
                          .addAll(rule.getVerbs());
                    }
                  }
                });
    return granted;
  }

  @Test
  void rightsOnTenantsAndTheirSecretsAreAskedWhereTenantsAre() {
    assertThat(SECRETS.namespaces(Set.of())).containsExactly("");
    assertThat(SECRETS.namespaces(Set.of("a", "b"))).containsExactlyInAnyOrder("a", "b");
    Right vms = new Right("vminventory.io", "vms", List.of("list"), Where.EVERYWHERE);
    assertThat(vms.namespaces(Set.of("a", "b"))).containsExactly("");
  }

  @Test
  void whatIsRefusedIsNamedWithItsNamespace() {
    assertThat(RightsCheck.finding(SECRETS, Set.of(""), Map.of()))
        .isEqualTo(Finding.ok("secrets", "get in all namespaces"));
    Finding refused =
        RightsCheck.finding(
            TENANTS,
            new TreeSet<>(Set.of("a", "b", "c")),
            new TreeMap<>(Map.of("b", List.of("list"), "c", List.of("get", "list"))));
    assertThat(refused.level()).isEqualTo(Level.FAILED);
    assertThat(refused.subject()).isEqualTo("tenants.vminventory.io");
    assertThat(refused.what()).isEqualTo("refused: list in b; get, list in c");
    assertThat(refused.remedy()).endsWith("kubectl apply -f deploy/rbac.yaml");
  }
}
