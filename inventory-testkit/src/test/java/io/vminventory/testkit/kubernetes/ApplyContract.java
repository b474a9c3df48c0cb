package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vminventory.testkit.kubernetes.Machines.Machine;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Contract of server-side apply, as far as VM Inventory relies on it. Each test has a namespace.
 */
abstract class ApplyContract {

  static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private String namespace = "";

  /** A client of the server, which serves {@link Machines#definition()}. */
  abstract KubernetesClient client();

  @BeforeEach
  void createNamespace() {
    namespace = "contract-" + UUID.randomUUID().toString().substring(0, 8);
    client()
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
  }

  @AfterEach
  void deleteNamespace() {
    client().namespaces().withName(namespace).delete();
  }

  /** The namespace of this test alone. */
  String namespace() {
    return namespace;
  }

  NonNamespaceOperation<Machine, KubernetesResourceList<Machine>, Resource<Machine>> machines() {
    return client().resources(Machine.class).inNamespace(namespace);
  }

  Machine machine(String name, String owner) {
    return Machines.machine(namespace, name, owner);
  }

  Machine create(String name) {
    return client().resource(machine(name, "ann")).create();
  }

  static AbstractThrowableAssert<?, ?> assertRejected(int code, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            thrown -> assertThat(thrown.getCode()).isEqualTo(code));
  }

  @Test
  void applyConflictsNameTheOwner() {
    client().resource(machine("a", "ann")).fieldManager("one").serverSideApply();

    assertRejected(
            409, () -> client().resource(machine("a", "bob")).fieldManager("two").serverSideApply())
        .hasMessageContaining("Apply failed with 1 conflict: conflict with \"one\": .spec.owner");
    client().resource(machine("a", "bob")).fieldManager("two").forceConflicts().serverSideApply();
    assertThat(machines().withName("a").get().getSpec().owner()).isEqualTo("bob");
  }

  @Test
  void setsOfTwoAppliersAreMerged() {
    for (String manager : List.of("one", "two")) {
      Machine machine = machine("a", "ann");
      machine.getMetadata().setFinalizers(List.of("example.com/" + manager));
      client().resource(machine).fieldManager(manager).serverSideApply();
    }
    assertThat(machines().withName("a").get().getFinalizers())
        .containsExactlyInAnyOrder("example.com/one", "example.com/two");

    client().resource(machine("a", "ann")).fieldManager("one").serverSideApply();
    assertThat(machines().withName("a").get().getFinalizers()).containsExactly("example.com/two");
    machines().withName("a").patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
  }

  @Test
  void itemsDroppedByTheirOnlyApplierAreRemoved() {
    create("a");
    applyConditions("one", "A=x", "B=x");
    applyConditions("two", "C=y");
    assertThat(conditions()).containsExactly("A=x", "B=x", "C=y");

    applyConditions("one", "A=z");
    assertThat(conditions()).containsExactly("A=z", "C=y");
    applyConditions("one");
    assertThat(conditions()).containsExactly("C=y");
  }

  @Test
  void sharedItemsStayUntilAllAppliersDropThem() {
    create("a");
    applyConditions("one", "A=x", "B=x");
    applyConditions("two", "B=x");

    applyConditions("one", "A=x");
    assertThat(conditions()).containsExactly("A=x", "B=x");
    applyConditions("two");
    assertThat(conditions()).containsExactly("A=x");
  }

  @Test
  void itemsDroppedByTheirApplierAreRemovedDespiteEditsOfOthers() {
    create("a");
    applyConditions("one", "A=x", "B=x");
    machines()
        .withName("a")
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON),
            "[{\"op\":\"replace\",\"path\":\"/status/conditions/1/status\",\"value\":\"y\"}]");
    assertThat(conditions()).containsExactly("A=x", "B=y");

    applyConditions("one", "A=x");
    assertThat(conditions()).containsExactly("A=x");
    applyConditions("one", "A=x", "B=x");
    assertThat(conditions()).containsExactly("A=x", "B=x");
  }

  /** Sets these conditions, written {@code type=status}, and drops all others of the applier's. */
  private void applyConditions(String manager, String... conditions) {
    GenericKubernetesResource configuration = generic();
    configuration.setAdditionalProperty(
        "status",
        Map.of(
            "conditions",
            Arrays.stream(conditions)
                .map(text -> text.split("=", 2))
                .map(parts -> Map.of("type", parts[0], "status", parts[1]))
                .toList()));
    client()
        .resource(configuration)
        .subresource("status")
        .patch(
            new PatchContext.Builder()
                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                .withFieldManager(manager)
                .build());
  }

  private GenericKubernetesResource generic() {
    return new GenericKubernetesResourceBuilder()
        .withApiVersion("example.com/v1")
        .withKind("Machine")
        .withNewMetadata()
        .withName("a")
        .withNamespace(namespace)
        .endMetadata()
        .build();
  }

  private List<String> conditions() {
    List<Map<String, String>> conditions =
        client().resource(generic()).get().get("status", "conditions");
    return conditions.stream()
        .map(condition -> condition.get("type") + "=" + condition.get("status"))
        .toList();
  }
}
