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

/** Reconciler for the records of one format. Thread-safe; owns threads until it is closed. */
final class RecordReconciler<R extends HasMetadata, F> implements AutoCloseable {

  private static final int MAX_NAMED_PROBLEMS = 3;

  private final RecordFormat<R, F> format;
  private final RecordCache<R> cache;
  private final RecordWatch<R> watch;
  private final RecordWriter<R> records;
  private final SinkOptions options;
  private final InstantSource clock;
  private final DeletionGuard guard;
  private final ParallelWriter writer;
  private final Map<TenantId, DirtyKeys> dirtyKeysByTenant = new ConcurrentHashMap<>();

  /**
   * @param onExternalChange notified of the tenant when another client has created, changed or
   *     deleted a record
   */
  RecordReconciler(
      KubernetesClient client,
      RecordFormat<R, F> format,
      SinkOptions options,
      WritePermit permit,
      InstantSource clock,
      Consumer<TenantId> onExternalChange) {
    RecordStore<R> store = new RecordStore<>(client, format.type());
    this.format = format;
    this.cache = new RecordCache<>(format, onExternalChange);
    this.watch = new RecordWatch<>(store, cache, RecordWatch.CONNECTION_LIFETIME);
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
    DirtyKeys dirtyKeys = dirtyKeys(tenant, inventory);
    return retry()
        .run(
            tenant.target(),
            allowed ->
                planner.plan(
                    dirtyKeys,
                    cache.observe(tenant.id(), dirtyKeys),
                    guard,
                    confirmedDeletions,
                    allowed,
                    clock.instant().truncatedTo(ChronoUnit.SECONDS)));
  }

  private DirtyKeys dirtyKeys(Tenant tenant, Inventory inventory) {
    DirtyKeys known = dirtyKeysByTenant.get(tenant.id());
    if (known != null && known.canAdvanceTo(tenant.target(), inventory)) {
      known.advanceTo(inventory);
      return known;
    }
    evict(tenant.id());
    DirtyKeys dirtyKeys = new DirtyKeys(tenant.target(), inventory);
    dirtyKeysByTenant.put(tenant.id(), dirtyKeys);
    return dirtyKeys;
  }

  /** See {@link KubernetesInventorySink#evict}. */
  void evict(TenantId tenant) {
    DirtyKeys known = dirtyKeysByTenant.remove(tenant);
    if (known != null) {
      cache.stopTracking(tenant, known.namespace());
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
        retry()
            .run(namespace, allowed -> planner.release(cache.ownedBy(tenant, namespace), policy));
    if (!result.complete()) {
      throw new InventoryException(
          Failure.UNAVAILABLE,
          result.problems().size()
              + " records in namespace "
              + namespace
              + " could not be released: "
              + result.problems().stream()
                  .limit(MAX_NAMED_PROBLEMS)
                  .map(problem -> problem.record() + ": " + problem.message())
                  .collect(Collectors.joining("; ")));
    }
  }

  /** See {@link KubernetesInventorySink#start}. */
  void start() {
    watch.start();
  }

  /** State of the list and watch. */
  WatchState state() {
    return watch.state();
  }

  private ConflictRetry<R> retry() {
    return new ConflictRetry<>(records, writer, options.parallelWrites());
  }

  @Override
  public void close() {
    watch.close();
    writer.close();
  }
}
