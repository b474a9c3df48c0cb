package io.vminventory.k8s.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.vminventory.api.Change;
import io.vminventory.api.Inventory;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmSpec;
import io.vminventory.k8s.VmStatus;
import io.vminventory.k8s.sink.RecordIndex.ObjectKey;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Incremental plans compare only changes, and find everything that a full plan finds. */
@Tag("pure")
class DirtyKeysTest {

  private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
  private static final TenantId TENANT = new TenantId("default", "test");
  private static final TenantId OTHER = new TenantId("default", "other");
  private static final String NAMESPACE = "target";

  private final RecordIndex<VmResource> index = new RecordIndex<>(new VmFormat());
  private DirtyKeys dirtyKeys = new DirtyKeys(NAMESPACE, Machines.inventory());
  private int versions;

  private static final class Failing extends ObjectMeta {
    @Override
    public Map<String, String> getLabels() {
      throw new IllegalStateException("a fault");
    }
  }

  @Test
  void cleanKeyBecomesDirtyWhenMachineOrRecordChanges() {
    Inventory inventory = Machines.typicals(20);
    reconcile(inventory);
    assertThat(observed(inventory)).isEmpty();

    Inventory later = inventory.with(List.of(new Change.Put(machine(3, 32))));
    assertThat(observed(later)).containsOnlyKeys(key(3));
    assertThat(plan(dirtyKeys, later).writes())
        .extracting(Plan.Step::name)
        .containsExactly("web-3");
    assertThat(observed(later)).as("until it is written").containsOnlyKeys(key(3));
    assertThat(observed(inventory)).as("or as it was").containsOnlyKeys(key(3));
    assertThat(plan(dirtyKeys, inventory).writes()).isEmpty();
    assertThat(observed(inventory)).isEmpty();

    edit("web-5");
    assertThat(observed(inventory)).containsOnlyKeys(key(5));
    index.remove(new ObjectKey(NAMESPACE, "web-7"));
    assertThat(observed(inventory)).containsOnlyKeys(key(5), key(7));
    assertThat(plan(dirtyKeys, inventory).writes())
        .extracting(Plan.Step::kind)
        .containsExactly(Kind.CHANGED, Kind.CREATED);
  }

  @Test
  void recordsThatVanishAtOnceAreAllCreatedAgain() {
    Inventory inventory = Machines.typicals(5);
    reconcile(inventory);

    index.clear();

    assertThat(plan(dirtyKeys, inventory).writes()).hasSize(5);
    reconcile(inventory);
    index.all().forEach(record -> index.remove(ObjectKey.of(record)));
    assertThat(plan(dirtyKeys, inventory).writes()).hasSize(5);
  }

  @Test
  void otherDirtyKeysStartWithEverythingAndSoDoTheFirstOnesAfterThem() {
    Inventory inventory = Machines.typicals(5);
    reconcile(inventory);

    assertThat(plan(new DirtyKeys(NAMESPACE, inventory), inventory).unchanged()).isEqualTo(5);
    edit("web-1");
    index.remove(new ObjectKey(NAMESPACE, "web-3"));

    assertThat(plan(new DirtyKeys(NAMESPACE, inventory), inventory).writes()).hasSize(2);
    assertThat(observed(inventory)).hasSize(5);
    assertThat(plan(dirtyKeys, inventory).writes()).hasSize(2);
  }

  @Test
  void changesOfUnusedDirtyKeysAreNotKept() {
    Inventory inventory = Machines.typicals(5);
    reconcile(inventory);

    for (int i = 0; i < 11_000; i++) {
      VmResource other = copy(index.all().get(0));
      other.getMetadata().setName("copy");
      other.setSpec(new VmSpec(new VmSpec.Source(TENANT.name(), TENANT.namespace(), "k" + i)));
      index.put(other);
    }
    assertThat(observed(inventory)).containsOnlyKeys(keys(5, "k10999"));

    index.stopTracking(TENANT, NAMESPACE);
    assertThat(observed(inventory)).containsOnlyKeys(keys(5, "k10999"));
  }

  @Test
  void recordCreatedBetweenObservationAndPlanGetsNoSecondOne() {
    Inventory inventory = Machines.typicals(2);
    reconcile(inventory);
    VmResource record = Objects.requireNonNull(index.find(new ObjectKey(NAMESPACE, "web-1")));
    index.remove(ObjectKey.of(record));
    ObservedRecords<VmResource> observed = index.observe(TENANT, dirtyKeys);

    index.put(copy(record));

    assertThat(plan(observed, dirtyKeys, 0).writes())
        .as("the API server refuses it, since there is one of that name")
        .extracting(Plan.Step::name)
        .containsExactly("web-1");
    assertThat(plan(dirtyKeys, inventory).writes()).isEmpty();
  }

  @Test
  void planThatFailsHalfwayLosesNothing() {
    Inventory inventory = Machines.typicals(5);
    reconcile(inventory);
    edit("web-1");
    index.remove(new ObjectKey(NAMESPACE, "web-3"));
    Inventory later = inventory.with(List.of(new Change.Put(machine(4, 32))));
    dirtyKeys.advanceTo(later);
    ObservedRecords<VmResource> observed = index.observe(TENANT, dirtyKeys);
    Map<String, List<VmResource>> failing = new LinkedHashMap<>(observed.records());
    VmResource broken = new VmResource();
    broken.setMetadata(new Failing());
    failing.put("", List.of(broken));
    assertThatThrownBy(
            () ->
                plan(
                    new ObservedRecords<>(failing, observed.size(), observed.names()),
                    dirtyKeys,
                    0))
        .hasMessage("a fault");

    assertThat(plan(dirtyKeys, later).writes())
        .extracting(Plan.Step::name)
        .containsExactlyInAnyOrder("web-1", "web-3", "web-4");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void incrementalPlanEqualsFullPlanInAnyHistory(long seed) {
    Random random = new Random(seed);
    Inventory inventory = Machines.typicals(30);
    for (int step = 0; step < 300; step++) {
      inventory = randomEvent(random, inventory);
      otherPlansHappen(random, inventory);
      int confirmed = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
      Plan<VmResource> plan = plan(dirtyKeys, inventory, confirmed);
      RecordIndex<VmResource> copy = new RecordIndex<>(new VmFormat());
      index.all().forEach(copy::put);
      assertThat(sorted(plan))
          .as("seed %d, step %d", seed, step)
          .isEqualTo(sorted(plan(copy, new DirtyKeys(NAMESPACE, inventory), inventory, confirmed)));
      Stream.concat(plan.deletions().stream(), plan.writes().stream())
          // Some writes get lost.
          .filter(any -> random.nextInt(4) > 0)
          .forEach(this::write);
    }
  }

  private Inventory randomEvent(Random random, Inventory inventory) {
    List<VmResource> records = index.all();
    if (!records.isEmpty() && random.nextBoolean()) {
      changeRecord(records.get(random.nextInt(records.size())), random);
    }
    int number = random.nextInt(40);
    return switch (random.nextInt(4)) {
      case 0 -> inventory.with(List.of(new Change.Put(machine(number, random.nextInt(8)))));
      case 1 -> inventory.with(List.of(new Change.Remove(Machines.id(number))));
      case 2 -> Inventory.of("read again", List.copyOf(inventory.machines()));
      default -> inventory;
    };
  }

  private void otherPlansHappen(Random random, Inventory inventory) {
    switch (random.nextInt(30)) {
      case 0 -> dirtyKeys = new DirtyKeys(NAMESPACE, inventory);
      case 1 -> index.stopTracking(TENANT, NAMESPACE);
      case 2 -> index.observe(TENANT, new DirtyKeys(NAMESPACE, inventory));
      default -> assertThat(index.ownedBy(OTHER, NAMESPACE)).isEmpty();
    }
  }

  private void changeRecord(VmResource record, Random random) {
    VmResource copy = copy(record);
    switch (random.nextInt(7)) {
      case 0 -> index.remove(ObjectKey.of(record));
      case 1 -> copy.setStatus(VmStatus.empty());
      case 2 -> copy.getMetadata().setDeletionTimestamp(NOW.toString());
      case 3 -> copy.getMetadata().setLabels(new Ownership(OTHER).labels());
      case 4 -> copy.getMetadata().getLabels().remove(Names.MANAGED_BY_LABEL);
      case 5 -> {
        copy.getMetadata().setName("copy-" + random.nextInt(40));
        copy.getMetadata().setCreationTimestamp(NOW.toString());
      }
      default -> {
        if (random.nextInt(10) == 0) {
          index.clear();
        }
      }
    }
    index.put(copy);
  }

  /** In an order that does not depend on the order of the keys. */
  private static Plan<VmResource> sorted(Plan<VmResource> plan) {
    return new Plan<>(
        sorted(plan.deletions()), sorted(plan.writes()), plan.unchanged(), sorted(plan.held()));
  }

  private static List<Plan.Step<VmResource>> sorted(List<Plan.Step<VmResource>> steps) {
    return steps.stream().sorted(Comparator.comparing(Plan.Step::name)).toList();
  }

  private void reconcile(Inventory inventory) {
    plan(dirtyKeys, inventory).writes().forEach(this::write);
    assertThat(plan(dirtyKeys, inventory).writes()).isEmpty();
  }

  private void write(Plan.Step<VmResource> step) {
    if (step.kind() == Kind.DELETED) {
      index.remove(ObjectKey.of(step.object()));
    } else {
      index.put(copy(step.object()));
    }
  }

  private void edit(String name) {
    VmResource copy = copy(Objects.requireNonNull(index.find(new ObjectKey(NAMESPACE, name))));
    copy.setStatus(VmStatus.empty());
    index.put(copy);
  }

  private VmResource copy(VmResource record) {
    VmResource copy = new VmFormat().change(record, record.getStatus());
    copy.setMetadata(
        record
            .getMetadata()
            .edit()
            .withLabels(new HashMap<>(record.getMetadata().getLabels()))
            .withResourceVersion(Integer.toString(++versions))
            .build());
    return copy;
  }

  /** The records that the next plan compares; they stay dirty. */
  private Map<String, List<VmResource>> observed(Inventory inventory) {
    dirtyKeys.advanceTo(inventory);
    return index.observe(TENANT, dirtyKeys).records();
  }

  private Plan<VmResource> plan(DirtyKeys of, Inventory inventory) {
    return plan(of, inventory, 0);
  }

  private Plan<VmResource> plan(DirtyKeys of, Inventory inventory, int confirmed) {
    return plan(index, of, inventory, confirmed);
  }

  private static Plan<VmResource> plan(
      RecordIndex<VmResource> index, DirtyKeys dirtyKeys, Inventory inventory, int confirmed) {
    dirtyKeys.advanceTo(inventory);
    return plan(index.observe(TENANT, dirtyKeys), dirtyKeys, confirmed);
  }

  private static Plan<VmResource> plan(
      ObservedRecords<VmResource> observed, DirtyKeys dirtyKeys, int confirmed) {
    return new Planner<>(new VmFormat(), TENANT, NAMESPACE)
        .plan(dirtyKeys, observed, new DeletionGuard(30, 10), confirmed, 0, NOW);
  }

  private static VirtualMachine machine(int number, int cpus) {
    return Machines.typical(number).numCpu(1 + cpus).build();
  }

  private static String[] keys(int machines, String other) {
    return Stream.concat(
            IntStream.range(0, machines).mapToObj(DirtyKeysTest::key), Stream.of(other))
        .toArray(String[]::new);
  }

  private static String key(int number) {
    return Machines.id(number).value();
  }
}
