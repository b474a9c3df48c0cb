package io.vminventory.testkit.kubernetes;

import static io.vminventory.testkit.kubernetes.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.vminventory.testkit.kubernetes.Machines.Machine;
import io.vminventory.testkit.kubernetes.Machines.MachineSpec;
import io.vminventory.testkit.kubernetes.Machines.MachineStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedKubernetesClientTest {

  private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
  private final KubernetesClient client = kubernetes.client();
  private final MixedOperation<Machine, KubernetesResourceList<Machine>, Resource<Machine>>
      machines = client.resources(Machine.class);

  @BeforeEach
  void install() {
    kubernetes.install(Machines.definition());
  }

  @AfterEach
  void close() {
    kubernetes.close();
  }

  private static int code(Throwable thrown) {
    return ((KubernetesClientException) thrown).getCode();
  }

  @Test
  void createFillsInWhatTheServerGives() {
    Machine created = machines.resource(machine("a", "ann")).create();

    assertThat(created.getMetadata().getUid()).isNotEmpty();
    assertThat(created.getMetadata().getCreationTimestamp()).endsWith("Z");
    assertThat(created.getMetadata().getGeneration()).isEqualTo(1);
    assertThat(created.getSpec().enabled()).as("a default").isTrue();
  }

  @Test
  void createDropsStatusAndUpdateKeepsIt() {
    Machine machine = machine("a", "ann");
    machine.setStatus(new MachineStatus("on", List.of()));
    Machine created = machines.resource(machine).create();
    assertThat(created.getStatus()).isNull();

    created.setStatus(new MachineStatus("on", List.of("10.0.0.1")));
    created.setSpec(new MachineSpec("bob", 1, true));
    Machine withStatus = machines.resource(created).updateStatus();
    assertThat(withStatus.getSpec().owner()).isEqualTo("ann");
    assertThat(withStatus.getStatus().power()).isEqualTo("on");
    assertThat(withStatus.getMetadata().getGeneration()).isEqualTo(1);

    withStatus.setSpec(new MachineSpec("bob", 1, true));
    withStatus.setStatus(null);
    Machine updated = machines.resource(withStatus).update();
    assertThat(updated.getStatus().power()).isEqualTo("on");
    assertThat(updated.getMetadata().getGeneration()).isEqualTo(2);
  }

  @Test
  void staleWritesConflict() {
    Machine first = machines.resource(machine("a", "ann")).create();
    first.setSpec(new MachineSpec("bob", 1, true));
    machines.resource(first).update();

    first.setSpec(new MachineSpec("carl", 1, true));
    first.setStatus(new MachineStatus("on", List.of()));
    assertThatThrownBy(() -> machines.resource(first).lockResourceVersion().update())
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(409))
        .hasMessageContaining("the object has been modified");
    assertThatThrownBy(() -> machines.resource(first).lockResourceVersion().updateStatus())
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(409));
  }

  @Test
  void writeThatChangesNothingMakesNoVersion() {
    Machine created = machines.resource(machine("a", "ann")).create();
    Machine updated = machines.resource(created).update();

    assertThat(updated.getMetadata().getResourceVersion())
        .isEqualTo(created.getMetadata().getResourceVersion());
  }

  @Test
  void namespaceMustBeThere() {
    Machine machine = machine("a", "ann");
    machine.getMetadata().setNamespace("nowhere");

    assertThatThrownBy(() -> machines.resource(machine).create())
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(404))
        .hasMessageContaining("namespaces \"nowhere\" not found");
  }

  @Test
  void schemaIsEnforced() {
    assertThatThrownBy(() -> machines.resource(machine("a", "Ann")).create())
        .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(422))
        .hasMessageContaining(
            "Machine.example.com \"a\" is invalid: spec.owner: Invalid value: \"Ann\": spec.owner in"
                + " body should match '^[a-z]+$'");
  }

  @Test
  void mergePatchReplacesLists() {
    machines.resource(machine("a", "ann")).create();
    Resource<Machine> resource = machines.inNamespace("default").withName("a");
    PatchContext merge = PatchContext.of(PatchType.JSON_MERGE);
    resource.patch(merge, "{\"spec\":{\"ports\":[1,2]}}");
    resource.patch(merge, "{\"spec\":{\"ports\":[3]}}");

    assertThat(
            client
                .genericKubernetesResources("example.com/v1", "Machine")
                .inNamespace("default")
                .withName("a")
                .get()
                .<List<Integer>>get("spec", "ports"))
        .containsExactly(3);
  }

  @Test
  void editSendsAJsonPatch() {
    machines.resource(machine("a", "ann")).create();
    Machine edited =
        machines
            .inNamespace("default")
            .withName("a")
            .edit(
                machine -> {
                  machine.setSpec(new MachineSpec("bob", 3, true));
                  return machine;
                });

    assertThat(edited.getSpec().owner()).isEqualTo("bob");
  }

  @Test
  void selectorsChoose() {
    for (String name : List.of("a", "b", "c")) {
      Machine machine = machine(name, "owner" + name);
      machine.getMetadata().setLabels(Map.of("tier", name));
      machines.resource(machine).create();
    }
    assertThat(names(machines.inNamespace("default").withLabelIn("tier", "a", "b").list()))
        .containsExactly("a", "b");
    assertThat(names(machines.inNamespace("default").withLabelNotIn("tier", "a", "b").list()))
        .containsExactly("c");
    assertThat(names(machines.inNamespace("default").withField("spec.owner", "ownerb").list()))
        .containsExactly("b");
    assertThatThrownBy(() -> machines.withField("spec.memoryMB", "1").list())
        .hasMessageContaining("field label not supported: spec.memoryMB");
  }

  private static List<String> names(KubernetesResourceList<Machine> list) {
    return list.getItems().stream().map(machine -> machine.getMetadata().getName()).toList();
  }

  @Test
  void listsComeInPages() {
    for (String name : List.of("a", "b", "c")) {
      machines.resource(machine(name, "ann")).create();
    }
    KubernetesResourceList<Machine> first =
        machines
            .inNamespace("default")
            .list(new io.fabric8.kubernetes.api.model.ListOptionsBuilder().withLimit(2L).build());
    assertThat(names(first)).containsExactly("a", "b");
    assertThat(first.getMetadata().getRemainingItemCount()).isEqualTo(1);
    KubernetesResourceList<Machine> second =
        machines
            .inNamespace("default")
            .list(
                new io.fabric8.kubernetes.api.model.ListOptionsBuilder()
                    .withLimit(2L)
                    .withContinue(first.getMetadata().getContinue())
                    .build());
    assertThat(names(second)).containsExactly("c");
    assertThat(second.getMetadata().getContinue()).isNullOrEmpty();
  }

  @Test
  void finalizersHoldAnObject() {
    Machine machine = machine("a", "ann");
    machine.getMetadata().setFinalizers(List.of("example.com/hold"));
    machines.resource(machine).create();
    Resource<Machine> resource = machines.inNamespace("default").withName("a");

    resource.delete();
    assertThat(resource.get().isMarkedForDeletion()).isTrue();
    resource.edit(
        held -> {
          held.getMetadata().setFinalizers(List.of());
          return held;
        });
    assertThat(resource.get()).isNull();
  }

  @Test
  void secretsEncodeTheirText() {
    client
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("s")
                .withNamespace("default")
                .endMetadata()
                .addToStringData("password", "hush")
                .build())
        .create();

    assertThat(client.secrets().inNamespace("default").withName("s").get().getData())
        .containsEntry("password", "aHVzaA==");
  }

  @Test
  void deletingANamespaceDeletesWhatIsInIt() {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName("lab").endMetadata().build())
        .create();
    Machine machine = machine("a", "ann");
    machine.getMetadata().setNamespace("lab");
    machine.getMetadata().setFinalizers(List.of("example.com/hold"));
    machines.resource(machine).create();

    client.namespaces().withName("lab").delete();
    assertThat(client.namespaces().withName("lab").get().getStatus().getPhase())
        .isEqualTo("Terminating");
    machines
        .inNamespace("lab")
        .withName("a")
        .edit(
            held -> {
              held.getMetadata().setFinalizers(List.of());
              return held;
            });
    assertThat(client.namespaces().withName("lab").get()).isNull();
  }

  @Test
  void requestsAreCounted() {
    RequestCounts before = kubernetes.requests();
    Machine created = machines.resource(machine("a", "ann")).create();
    machines.resource(created).updateStatus();
    machines.list();
    RequestCounts counts = kubernetes.requests().since(before);

    assertThat(counts.of("create", "machines")).isEqualTo(1);
    assertThat(counts.of("update", "machines/status")).isEqualTo(1);
    assertThat(counts.writes("machines")).isEqualTo(2);
    assertThat(counts.reads("machines")).isEqualTo(1);
  }

  @Test
  void faultsHitWhatTheyAreAbout() {
    kubernetes.faults().add(Fault.answer(500).to("create").on("machines").named("b"));
    machines.resource(machine("a", "ann")).create();

    KubernetesClient impatient =
        new io.fabric8.kubernetes.client.KubernetesClientBuilder()
            .withConfig(
                new io.fabric8.kubernetes.client.ConfigBuilder(
                        io.fabric8.kubernetes.client.Config.empty())
                    .withMasterUrl(kubernetes.url())
                    .withRequestRetryBackoffLimit(0)
                    .build())
            .build();
    try (impatient) {
      assertThatThrownBy(() -> impatient.resource(machine("b", "ann")).create())
          .satisfies(thrown -> assertThat(code(thrown)).isEqualTo(500));
      assertThat(kubernetes.faults().remaining()).isZero();
      assertThat(impatient.resource(machine("b", "ann")).create()).isNotNull();
    }
  }

  @Test
  void clientWaitsAndRetriesWhereItIsTold() {
    kubernetes
        .faults()
        .add(Fault.answer(429).retryAfter(Duration.ofSeconds(1)).to("create").on("machines"));
    long start = System.nanoTime();
    machines.resource(machine("a", "ann")).create();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(900));
    assertThat(kubernetes.requests().of("create", "machines")).isEqualTo(2);
  }
}
