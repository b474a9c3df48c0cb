package io.vminventory.operator.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vminventory.api.CheckResult;
import io.vminventory.api.CheckResult.Level;
import io.vminventory.operator.chart.Chart;
import io.vminventory.operator.chart.Chart.Manifest;
import io.vminventory.operator.inspect.Right.Lease;
import io.vminventory.operator.inspect.Right.Place;
import io.vminventory.operator.inspect.Right.Scope;
import io.vminventory.operator.inspect.Right.Where;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class RightTest {

  private static final Right SECRETS =
      new Right("", "secrets", List.of("get"), Where.WHERE_TENANTS_ARE);
  private static final Right TENANTS =
      new Right("vminventory.io", "tenants", List.of("get", "list"), Where.WHERE_TENANTS_ARE);
  private static final Scope EVERYWHERE = new Scope(Set.of(), Optional.empty());
  private static final Optional<Lease> LEASE = Optional.of(new Lease("vminventory", "vminventory"));

  /** Neither a right too few, with which the doctor would praise too early, nor one too many. */
  @Test
  void theTableIsTheRolesThatAreDeployed() throws Exception {
    Object objects =
        new KubernetesSerialization()
            .unmarshal(Files.newInputStream(Path.of("deploy", "rbac.yaml")));
    assertThat(needed(new Scope(Set.of(), LEASE)))
        .isEqualTo(granted(((Collection<?>) objects).stream().map(HasMetadata.class::cast)))
        .hasSizeGreaterThan(15);
  }

  @Test
  void withWatchedNamespacesTheTableIsTheRolesThatTheChartHasThen() {
    Stream<HasMetadata> objects =
        Chart.render(
                "vminventory",
                "vminventory",
                "{servers: {default: {host: a}}, watchNamespaces: [team-b, team-a]}")
            .stream()
            .map(Manifest::object);
    assertThat(needed(new Scope(Set.of("team-a", "team-b"), LEASE)))
        .isEqualTo(granted(objects))
        .hasSizeGreaterThan(25);
  }

  private static Set<String> needed(Scope scope) {
    Set<String> needed = new TreeSet<>();
    for (Right right : Right.ALL) {
      for (Place place : right.places(scope)) {
        right.verbs().forEach(verb -> needed.add(line(right.name(), verb, place)));
      }
    }
    return needed;
  }

  private static String line(String resource, String verb, Place place) {
    return "%s %s '%s' in '%s'".formatted(verb, resource, place.name(), place.namespace());
  }

  /** What the operator's roles allow; those of people are not its. */
  private static Set<String> granted(Stream<HasMetadata> objects) {
    Set<String> granted = new TreeSet<>();
    objects.forEach(
        object -> {
          if (object instanceof ClusterRole role
              && role.getMetadata().getName().equals("vminventory-operator")) {
            role.getRules().forEach(rule -> add(granted, rule, ""));
          } else if (object instanceof Role role) {
            role.getRules().forEach(rule -> add(granted, rule, role.getMetadata().getNamespace()));
          }
        });
    return granted;
  }

  private static void add(Set<String> granted, PolicyRule rule, String namespace) {
    List<String> names = rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames();
    for (String group : rule.getApiGroups()) {
      for (String resource : rule.getResources()) {
        for (String verb : rule.getVerbs()) {
          for (String name : names) {
            // For the API server, a namespace lies in itself.
            String in = resource.equals("namespaces") ? name : namespace;
            granted.add(
                line(
                    new Right(group, resource, List.of(), Where.EVERYWHERE).name(),
                    verb,
                    new Place(in, name, "")));
          }
        }
      }
    }
  }

  @Test
  void rightsOnTenantsAndTheirSecretsAreAskedWhereTenantsAre() {
    Scope some = new Scope(Set.of("b", "a"), Optional.empty());
    assertThat(SECRETS.places(EVERYWHERE)).containsExactly(Place.EVERYWHERE);
    assertThat(SECRETS.places(some)).containsExactly(Place.in("a"), Place.in("b"));
    Right vms = new Right("vminventory.io", "vms", List.of("list"), Where.EVERYWHERE);
    assertThat(vms.places(some)).containsExactly(Place.EVERYWHERE);
  }

  @Test
  void withoutElectionNothingIsAskedOfALease() {
    assertThat(Right.ALL)
        .filteredOn(right -> right.resource().equals("leases"))
        .hasSize(2)
        .allSatisfy(right -> assertThat(right.places(EVERYWHERE)).isEmpty());
  }

  @Test
  void whatIsRefusedIsNamedWithItsNamespace() {
    assertThat(RightsCheck.result(SECRETS, EVERYWHERE, Map.of()))
        .isEqualTo(CheckResult.ok("secrets", "get in all namespaces"));
    Scope three = new Scope(Set.of("a", "b", "c"), Optional.empty());
    assertThat(RightsCheck.result(SECRETS, three, Map.of()).detail())
        .isEqualTo("get in a and in b and in c");
    CheckResult refused =
        RightsCheck.result(TENANTS, EVERYWHERE, Map.of(Place.EVERYWHERE, List.of("get", "list")));
    assertThat(refused.level()).isEqualTo(Level.FAILED);
    assertThat(refused.subject()).isEqualTo("tenants.vminventory.io");
    assertThat(refused.detail()).isEqualTo("refused: get, list in all namespaces");
    assertThat(refused.remedy()).endsWith("kubectl apply -f deploy/rbac.yaml");
    assertThat(
            RightsCheck.result(
                TENANTS,
                three,
                missing(Place.in("b"), List.of("list"), Place.in("c"), List.of("get", "list"))))
        .extracting(CheckResult::detail, CheckResult::remedy)
        .containsExactly(
            "refused: list in b; get, list in c",
            "grant it, as deploy/rbac.yaml does for all namespaces, or the chart with"
                + " watchNamespaces=[a,b,c]");
  }

  private static Map<Place, List<String>> missing(
      Place first, List<String> verbs, Place second, List<String> others) {
    Map<Place, List<String>> missing = new LinkedHashMap<>();
    missing.put(first, verbs);
    missing.put(second, others);
    return missing;
  }
}
