package io.vminventory.k8s.sink;

import io.vminventory.api.Change;
import io.vminventory.api.Inventory;
import io.vminventory.api.TenantId;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.VmStatus;
import io.vminventory.testkit.fake.SampleMachines;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Microbenchmarks of planning and naming, without writes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SinkBenchmark {

  private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");
  private static final TenantId TENANT = new TenantId("bench", "bench");
  private static final String NAMESPACE = "bench";

  @Param({"100", "1000", "10000"})
  public int machines = 100;

  private final Planner<VmResource, VmStatus> planner =
      new Planner<>(new VmFormat(), TENANT, NAMESPACE);
  private final DeletionGuard guard = DeletionGuard.of(SinkOptions.defaults());
  private final RecordIndex<VmResource> noRecords = new RecordIndex<>(new VmFormat());
  private final RecordIndex<VmResource> allRecords = new RecordIndex<>(new VmFormat());
  private final RecordIndex<VmResource> allRecordsUnseen = new RecordIndex<>(new VmFormat());
  private Inventory inventory = Inventory.of("", List.of());
  private DirtyKeys dirtyKeys = new DirtyKeys(NAMESPACE, inventory);
  private Inventory oneChanged = inventory;
  private Inventory changedAgain = inventory;

  /** Creates records that equal the inventory. */
  @Setup
  public void prepare() {
    List<VirtualMachine> sample = SampleMachines.of(machines);
    inventory = Inventory.of("", sample);
    VirtualMachine first = sample.get(0);
    oneChanged = inventory.with(List.of(withCpus(first, 64)));
    changedAgain = oneChanged.with(List.of(withCpus(first, 32)));
    for (Plan.Step<VmResource> step : plan(newDirtyKeys(), noRecords, inventory).writes()) {
      allRecords.put(step.object());
      allRecordsUnseen.put(step.object());
    }
    dirtyKeys = newDirtyKeys();
    plan(dirtyKeys, allRecords, inventory);
  }

  private DirtyKeys newDirtyKeys() {
    return new DirtyKeys(NAMESPACE, inventory);
  }

  private static Change withCpus(VirtualMachine machine, int cpus) {
    return new Change.Put(SampleMachines.machine(1_000, machine.name(), cpus, 2_048, null));
  }

  private Plan<VmResource> plan(DirtyKeys keys, RecordIndex<VmResource> index, Inventory read) {
    keys.advanceTo(read);
    return planner.plan(keys, index.observe(TENANT, keys), guard, 0, 0, NOW);
  }

  /** All records have to be created. */
  @Benchmark
  public Object planFirst() {
    return plan(newDirtyKeys(), noRecords, inventory);
  }

  /** No record has to be written; the first plan of a process. */
  @Benchmark
  public Object planAnew() {
    return plan(newDirtyKeys(), allRecordsUnseen, inventory);
  }

  /** No record has to be written, as in the plan before. */
  @Benchmark
  public Object planUnchanged() {
    return plan(dirtyKeys, allRecords, inventory);
  }

  /** One machine differs from the plan before; twice. */
  @Benchmark
  @OperationsPerInvocation(2)
  public void planOneChange(Blackhole plans) {
    plans.consume(plan(dirtyKeys, allRecords, oneChanged));
    plans.consume(plan(dirtyKeys, allRecords, changedAgain));
  }

  /** Chooses the names of all machines. */
  @Benchmark
  public Map<VirtualMachineId, String> name() {
    return new RecordNames(TENANT).choose(inventory.machines(), Set.of());
  }
}
