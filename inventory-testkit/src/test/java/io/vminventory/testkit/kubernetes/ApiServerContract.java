package io.vminventory.testkit.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.kubernetes.Machines.Machine;
import io.vminventory.testkit.kubernetes.Machines.MachineSpec;
import io.vminventory.testkit.kubernetes.Machines.MachineStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Contract of a Kubernetes API server, as far as VM Inventory relies on it. Every build runs it
 * against the embedded server, and against a real one where available, so that they cannot drift
 * apart.
 */
abstract class ApiServerContract extends ApplyContract {

  private static final Eventually SOON = Eventually.within(Duration.ofSeconds(20));

  private static List<String> names(KubernetesResourceList<Machine> list) {
    return list.getItems().stream().map(machine -> machine.getMetadata().getName()).toList();
  }

  @Test
  void createSetsServerFields() {
    Machine created = create("a");

    assertThat(created.getMetadata().getUid()).isNotEmpty();
    assertThat(created.getMetadata().getCreationTimestamp()).endsWith("Z");
    assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(created.getSpec().enabled()).as("a default").isTrue();
    assertRejected(409, () -> create("a"))
        .hasMessageContaining("machines.example.com \"a\" already exists");
  }

  @Test
  void namesCanBeGenerated() {
    Machine machine = machine("", "ann");
    machine.getMetadata().setName(null);
    machine.getMetadata().setGenerateName("gen-");

    assertThat(client().resource(machine).create().getMetadata().getName()).matches("gen-.{5}");
  }

  @Test
  void createDropsStatusAndUpdateKeepsIt() {
    Machine machine = machine("a", "ann");
    machine.setStatus(new MachineStatus("on", List.of()));
    Machine created = client().resource(machine).create();
    assertThat(created.getStatus()).isNull();

    created.setStatus(new MachineStatus("on", List.of("10.0.0.1")));
    created.setSpec(new MachineSpec("bob", 1, true));
    Machine withStatus = client().resource(created).updateStatus();
    assertThat(withStatus.getSpec().owner()).isEqualTo("ann");
    assertThat(withStatus.getStatus().power()).isEqualTo("on");
    assertThat(withStatus.getMetadata().getGeneration()).isEqualTo(1);

    withStatus.setSpec(new MachineSpec("bob", 1, true));
    withStatus.setStatus(null);
    Machine updated = client().resource(withStatus).update();
    assertThat(updated.getStatus().power()).isEqualTo("on");
    assertThat(updated.getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void staleWritesConflict() {
    Machine first = create("a");
    first.setSpec(new MachineSpec("bob", 1, true));
    client().resource(first).update();
    first.setSpec(new MachineSpec("carl", 1, true));
    first.setStatus(new MachineStatus("on", List.of()));

    assertRejected(409, () -> client().resource(first).lockResourceVersion().update())
        .hasMessageContaining("machines.example.com \"a\": the object has been modified");
    assertRejected(409, () -> client().resource(first).lockResourceVersion().updateStatus());
    assertRejected(409, () -> client().resource(first).lockResourceVersion().delete());
  }

  @Test
  void writeWithoutChangeKeepsTheVersion() {
    Machine created = create("a");

    assertThat(client().resource(created).update().getMetadata().getResourceVersion())
        .isEqualTo(created.getMetadata().getResourceVersion());
  }

  @Test
  void namespaceMustExist() {
    assertRejected(404, () -> client().resource(Machines.machine("nowhere", "a", "ann")).create())
        .hasMessageContaining("namespaces \"nowhere\" not found");
  }

  @Test
  void schemaIsEnforced() {
    assertRejected(422, () -> client().resource(machine("a", "Ann")).create())
        .hasMessageContaining("Machine.example.com \"a\" is invalid")
        .hasMessageContaining(
            "spec.owner: Invalid value: \"Ann\": spec.owner in body should match '^[a-z]+$'");
    create("a");
    assertRejected(
            422, () -> machines().withName("a").patch(MERGE, "{\"spec\":{\"memoryMB\":\"2o48\"}}"))
        .hasMessageContaining(
            "spec.memoryMB: Invalid value: \"string\": spec.memoryMB in body must be of type"
                + " integer: \"string\"");
  }

  @Test
  void immutableFieldsCannotChange() {
    create("a");
    machines().withName("a").patch(MERGE, "{\"spec\":{\"key\":\"one\"}}");

    assertRejected(422, () -> machines().withName("a").patch(MERGE, "{\"spec\":{\"key\":\"two\"}}"))
        .hasMessageContaining("spec.key: Invalid value: \"two\": key is immutable");
  }

  @Test
  void mergePatchReplacesListsAndDropsUnknownFields() {
    create("a");
    machines().withName("a").patch(MERGE, "{\"spec\":{\"ports\":[1,2]}}");
    machines().withName("a").patch(MERGE, "{\"spec\":{\"ports\":[3],\"nonsense\":1}}");
    Map<String, Object> spec =
        client()
            .genericKubernetesResources("example.com/v1", "Machine")
            .inNamespace(namespace())
            .withName("a")
            .get()
            .get("spec");

    assertThat(spec).containsEntry("ports", List.of(3)).doesNotContainKey("nonsense");
  }

  @Test
  void editSendsAJsonPatch() {
    create("a");
    Machine edited =
        machines()
            .withName("a")
            .edit(
                machine -> {
                  machine.setSpec(new MachineSpec("bob", 3, true));
                  return machine;
                });

    assertThat(edited.getSpec().owner()).isEqualTo("bob");
  }

  @Test
  void selectorsFilter() {
    for (String name : List.of("a", "b", "c")) {
      Machine machine = machine(name, "owner" + name);
      machine.getMetadata().setLabels(Map.of("tier", name));
      client().resource(machine).create();
    }

    assertThat(names(machines().withLabelIn("tier", "a", "b").list())).containsExactly("a", "b");
    assertThat(names(machines().withLabelNotIn("tier", "a", "b").list())).containsExactly("c");
    assertThat(names(machines().withLabel("tier", "b").list())).containsExactly("b");
    assertThat(names(machines().withoutLabel("tier").list())).isEmpty();
    assertThat(names(machines().withField("spec.owner", "ownerb").list())).containsExactly("b");
    assertThat(names(machines().withoutField("metadata.name", "b").list()))
        .containsExactly("a", "c");
    assertRejected(400, () -> machines().withField("spec.memoryMB", "1").list())
        .hasMessageContaining("field label not supported: spec.memoryMB");
  }

  @Test
  void listsComeInPages() {
    List.of("a", "b", "c").forEach(this::create);
    KubernetesResourceList<Machine> first =
        machines().list(new ListOptionsBuilder().withLimit(2L).build());
    assertThat(names(first)).containsExactly("a", "b");
    assertThat(first.getMetadata().getRemainingItemCount()).isEqualTo(1);
    KubernetesResourceList<Machine> second =
        machines()
            .list(
                new ListOptionsBuilder()
                    .withLimit(2L)
                    .withContinue(first.getMetadata().getContinue())
                    .build());

    assertThat(names(second)).containsExactly("c");
    assertThat(second.getMetadata().getContinue()).isNullOrEmpty();
  }

  @Test
  void finalizersDelayDeletion() {
    create("a");
    Resource<Machine> resource = machines().withName("a");
    resource.patch(MERGE, "{\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}");
    resource.delete();

    assertThat(resource.get().isMarkedForDeletion()).isTrue();
    assertRejected(
            422,
            () -> resource.patch(MERGE, "{\"metadata\":{\"finalizers\":[\"example.com/new\"]}}"))
        .hasMessageContaining("no new finalizers can be added if the object is being deleted");
    resource.patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
    assertThat(resource.get()).isNull();
  }

  @Test
  void secretsEncodeStringData() {
    client()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("s")
                .withNamespace(namespace())
                .endMetadata()
                .addToStringData("password", "hush")
                .build())
        .create();

    assertThat(client().secrets().inNamespace(namespace()).withName("s").get().getData())
        .containsEntry("password", "aHVzaA==");
  }

  @Test
  void deletingANamespaceDeletesItsContents() {
    create("a");
    create("held");
    machines()
        .withName("held")
        .patch(MERGE, "{\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}");
    client().namespaces().withName(namespace()).delete();

    SOON.until(() -> names(machines().list()), List.of("held")::equals);
    assertThat(client().namespaces().withName(namespace()).get().getStatus().getPhase())
        .isEqualTo("Terminating");
    assertRejected(403, () -> create("late"))
        .hasMessageContaining("because it is being terminated");
    machines().withName("held").patch(MERGE, "{\"metadata\":{\"finalizers\":null}}");
    SOON.until(() -> client().namespaces().withName(namespace()).get() == null);
  }
}
