package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.DeletionPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A format quite unlike VM objects gets the same decisions. */
@Tag("pure")
class RecordFormatTest {

  private static final TenantId TENANT = new TenantId("default", "test");
  private static final Instant THEN = Instant.parse("2026-11-22T00:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

  /** Format with facts in the data of a config map, beside data of a team. */
  private static final class Cards implements RecordFormat<ConfigMap, Map<String, String>> {

    @Override
    public Class<ConfigMap> type() {
      return ConfigMap.class;
    }

    @Override
    public Optional<RecordSource> source(ConfigMap card) {
      return Optional.ofNullable(card.getData().get("key"))
          .map(key -> new RecordSource(TENANT, key));
    }

    @Override
    public Map<String, String> facts(ConfigMap card) {
      return card.getData();
    }

    @Override
    public Map<String, String> facts(
        VirtualMachine machine, @Nullable Map<String, String> before, Instant now) {
      return Map.of(
          "name",
          machine.name(),
          "cpus",
          machine.numCpu().isPresent() ? "" + machine.numCpu().getAsInt() : "",
          "changed",
          now.toString());
    }

    @Override
    public List<RecordField<Map<String, String>>> fields() {
      return List.of(
          new RecordField<>("name", data -> data.get("name")),
          new RecordField<>("cpus", data -> data.get("cpus")));
    }

    @Override
    public Optional<String> machineName(Map<String, String> data) {
      return Optional.ofNullable(data.get("name"));
    }

    @Override
    public ConfigMap create(RecordSource source, Map<String, String> data) {
      return new ConfigMapBuilder().addToData(data).addToData("key", source.key()).build();
    }

    @Override
    public ConfigMap change(ConfigMap before, Map<String, String> data) {
      return new ConfigMapBuilder().addToData(before.getData()).addToData(data).build();
    }
  }

  private final Planner<ConfigMap, Map<String, String>> planner =
      new Planner<>(new Cards(), TENANT, "target");

  private Plan<ConfigMap> plan(List<ConfigMap> own, Instant now, VirtualMachine... machines) {
    RecordIndex<ConfigMap> index = new RecordIndex<>(new Cards());
    own.forEach(index::put);
    DirtyKeys dirtyKeys = new DirtyKeys("target", Machines.inventory(machines));
    return planner.plan(
        dirtyKeys, index.observe(TENANT, dirtyKeys), new DeletionGuard(30, 10), 0, 0, now);
  }

  private ConfigMap written(VirtualMachine machine) {
    ConfigMap card = plan(List.of(), THEN, machine).writes().get(0).object();
    card.getMetadata().setResourceVersion("7");
    return card;
  }

  @Test
  void newRecordGetsTheMetadataOfEveryRecord() {
    Plan.Step<ConfigMap> step = plan(List.of(), NOW, Machines.named(1, "web")).writes().get(0);

    assertThat(step.kind()).isEqualTo(Kind.CREATED);
    assertThat(step.name()).isEqualTo("web");
    assertThat(step.object().getMetadata().getNamespace()).isEqualTo("target");
    assertThat(new Ownership(TENANT).isLabelled(step.object())).isTrue();
  }

  @Test
  void changedDateAloneIsNotWritten() {
    VirtualMachine machine = Machines.named(1, "web");

    assertThat(plan(List.of(written(machine)), NOW, machine))
        .isEqualTo(new Plan<>(List.of(), List.of(), 1, List.of()));
  }

  @Test
  void changedFactIsWrittenWithItsDateAndOtherDataStays() {
    ConfigMap before = written(Machines.named(1, "web"));
    before.getData().put("cost centre", "4711");
    before.getMetadata().setAnnotations(Map.of("note", "do not touch"));

    Plan.Step<ConfigMap> step =
        plan(List.of(before), NOW, Machines.named(1, "shop")).writes().get(0);

    assertThat(step.summary()).isEqualTo("name web -> shop");
    assertThat(step.object().getData())
        .containsEntry("name", "shop")
        .containsEntry("changed", NOW.toString())
        .containsEntry("cost centre", "4711");
    assertThat(step.object().getMetadata().getResourceVersion()).isEqualTo("7");
    assertThat(step.object().getMetadata().getAnnotations()).hasSize(1);
    assertThat(before.getData()).containsEntry("name", "web");
  }

  @Test
  void releasedRecordKeepsItsFactsAndTheirDate() {
    ConfigMap before = written(Machines.named(1, "web"));

    Plan<ConfigMap> release = planner.release(List.of(before), DeletionPolicy.RETAIN);

    ConfigMap released = release.writes().get(0).object();
    assertThat(released.getData()).isEqualTo(before.getData());
    assertThat(released.getMetadata().getLabels()).isEmpty();
  }

  @Test
  void recordWithoutASourceHasNoOwner() {
    RecordIndex<ConfigMap> index = new RecordIndex<>(new Cards());
    index.put(
        new ConfigMapBuilder()
            .withNewMetadata()
            .withNamespace("target")
            .withName("web")
            .endMetadata()
            .withData(new HashMap<>())
            .build());

    VirtualMachine machine = Machines.named(1, "web");
    DirtyKeys dirtyKeys = new DirtyKeys("target", Machines.inventory(machine));
    assertThat(index.observe(TENANT, dirtyKeys))
        .isEqualTo(
            new ObservedRecords<>(Map.of(machine.id().value(), List.of()), 0, Set.of("web")));
  }

  @Test
  void messagesNameTheResource() {
    assertThat(
            ApiErrors.of(ConfigMap.class)
                .onList(new KubernetesClientException("no", 403, null), "target"))
        .hasMessageContaining("ConfigMap records of namespace target")
        .hasMessageContaining("grant list on configmaps there");
  }
}
