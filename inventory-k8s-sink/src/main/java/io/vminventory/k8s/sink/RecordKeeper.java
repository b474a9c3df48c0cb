package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.DeletionPolicy;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Keeps the records of one format. Thread-safe; owns threads until it is closed. */
final class RecordKeeper<R extends HasMetadata, F> implements AutoCloseable {

  private static final int NAMED_PROBLEMS = 3;

  private final RecordFormat<R, F> format;
  private final RecordCache<R> cache;
  private final RecordWatch<R> watch;
  private final RecordWriter<R> records;
  private final SinkOptions options;
  private final InstantSource clock;
  private final DeletionGuard guard;
  private final ParallelWriter writer;
  private final Map<TenantId, DirtyKeys> agendas = new ConcurrentHashMap<>();

  /**
   * @param disturbed told the tenant of a record that was changed, deleted or made by somebody else
   */
  RecordKeeper(
      KubernetesClient client,
      RecordFormat<R, F> format,
      SinkOptions options,
      WritePermit permit,
      InstantSource clock,
      Consumer<TenantId> disturbed) {
    RecordStore<R> store = new RecordStore<>(client, format.type());
    this.format = format;
    this.cache = new RecordCache<>(format, disturbed);
    this.watch = new RecordWatch<>(store, cache, RecordWatch.LONGEST);
    this.records = new RecordWriter<>(store, cache, permit);
    this.options = options;
    this.clock = clock;
    this.guard = DeletionGuard.of(options);
    this.writer = new ParallelWriter(options.parallelWrites());
  }

  /** See {@link KubernetesInventorySink#apply}. */
  SinkResult apply(Tenant tenant, Inventory inventory, int confirmedDeletions)
      throws InventoryException, InterruptedException {
    watch.awaitReady();
    Planner<R, F> planner = new Planner<>(format, tenant.id(), tenant.target());
    DirtyKeys agenda = agenda(tenant, inventory);
    return rounds()
        .run(
            tenant.target(),
            granted ->
                planner.plan(
                    agenda,
                    cache.observe(tenant.id(), agenda),
                    guard,
                    confirmedDeletions,
                    granted,
                    clock.instant().truncatedTo(ChronoUnit.SECONDS)));
  }

  private DirtyKeys agenda(Tenant tenant, Inventory inventory) {
    DirtyKeys known = agendas.get(tenant.id());
    if (known != null && known.serves(tenant.target(), inventory)) {
      known.turnTo(inventory);
      return known;
    }
    evict(tenant.id());
    DirtyKeys agenda = new DirtyKeys(tenant.target(), inventory);
    agendas.put(tenant.id(), agenda);
    return agenda;
  }

  /** See {@link KubernetesInventorySink#evict}. */
  void evict(TenantId tenant) {
    DirtyKeys known = agendas.remove(tenant);
    if (known != null) {
      cache.forgetAgenda(tenant, known.namespace());
    }
  }

  /** See {@link KubernetesInventorySink#release}. */
  void release(TenantId tenant, String namespace, DeletionPolicy policy)
      throws InventoryException, InterruptedException {
    evict(tenant);
    try {
      watch.awaitReady();
    } catch (InventoryException e) {
      if (watch.state().definitionsMissing()) {
        return;
      }
      throw e;
    }
    Planner<R, F> planner = new Planner<>(format, tenant, namespace);
    SinkResult result =
        rounds()
            .run(namespace, granted -> planner.release(cache.ownedBy(tenant, namespace), policy));
    if (!result.complete()) {
      throw new InventoryException(
          Failure.UNAVAILABLE,
          result.problems().size()
              + " records in namespace "
              + namespace
              + " could not be released: "
              + result.problems().stream()
                  .limit(NAMED_PROBLEMS)
                  .map(problem -> problem.record() + ": " + problem.message())
                  .collect(Collectors.joining("; ")));
    }
  }

  /** Starts to list and to watch, and returns at once. Safe to repeat. */
  void start() {
    watch.start();
  }

  /** How the watch is. */
  WatchState state() {
    return watch.state();
  }

  private ConflictRetry<R> rounds() {
    return new ConflictRetry<>(records, writer, options.parallelWrites());
  }

  @Override
  public void close() {
    watch.close();
    writer.close();
  }
}
