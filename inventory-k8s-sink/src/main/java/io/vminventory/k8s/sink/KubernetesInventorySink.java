package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventorySink;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.DeletionPolicy;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a tenant's machines as {@code VM} objects in the namespace that is the tenant's target.
 *
 * <p>All VM objects of the cluster are listed once and watched from then on, so a call costs the
 * API server only the writes: what is different, at most {@link SinkOptions#parallelWrites()}
 * objects at a time. Each write names the version that it was decided on; where somebody else was
 * faster, the call looks at that object and decides again, a few times. The client decides how long
 * one write may take and how often it is repeated when the API server is overloaded. If the API
 * server stops answering altogether, the call ends early with {@link Failure#UNAVAILABLE}.
 *
 * <p>A call waits up to ten seconds until the objects have been listed for the first time. If that
 * fails, it throws: {@link Failure#MISCONFIGURED} if a right or the custom resource definitions are
 * missing, else {@link Failure#UNAVAILABLE}. If the watch breaks later, calls go on with what is
 * known, and the watch comes back by itself.
 *
 * <p>Closing ends the threads, not the client.
 */
public final class KubernetesInventorySink implements InventorySink, AutoCloseable {

  private static final int NAMED_PROBLEMS = 3;

  private final AtomicReference<@Nullable Consumer<TenantId>> listener = new AtomicReference<>();
  private final RecordCache cache = new RecordCache(this::tell);
  private final RecordWatch watch;
  private final RecordWriter records;
  private final SinkOptions options;
  private final InstantSource clock;
  private final DeletionGuard guard;
  private final ParallelWriter writer;

  /**
   * @param client may write VM objects wherever tenants point; stays the caller's
   * @param permit asked before each write; while it is not granted, calls that have anything to
   *     write throw {@link Failure#UNAVAILABLE}
   * @param clock tells when a record changed
   */
  public KubernetesInventorySink(
      KubernetesClient client, SinkOptions options, WritePermit permit, InstantSource clock) {
    VmStore store = new VmStore(client);
    this.watch = new RecordWatch(store, cache, RecordWatch.LONGEST);
    this.records = new RecordWriter(store, cache, permit);
    this.options = options;
    this.clock = clock;
    this.guard = DeletionGuard.of(options);
    this.writer = new ParallelWriter(options.parallelWrites());
  }

  @Override
  public SinkResult apply(Tenant tenant, Inventory inventory, int confirmedDeletions)
      throws InventoryException, InterruptedException {
    watch.awaitReady();
    Planner planner = new Planner(tenant.id(), tenant.target());
    return rounds()
        .run(
            new Ownership(tenant.id()),
            tenant.target(),
            (observed, granted) ->
                planner.plan(
                    inventory,
                    observed,
                    guard,
                    confirmedDeletions,
                    granted,
                    clock.instant().truncatedTo(ChronoUnit.SECONDS)));
  }

  /**
   * Lets go of all records of a tenant that is being deleted. The platform is not needed. Safe to
   * repeat; nothing is left to do if the namespace is gone, or the cluster knows no VM objects.
   *
   * @param namespace where the records are
   * @param policy {@code DELETE} removes them, however many they are; {@code RETAIN} keeps them and
   *     takes our labels away. A Tenant of the same name and namespace adopts them later
   * @throws InventoryException if not all could be released; it names the first few
   * @throws InterruptedException if the thread is interrupted; some may be released
   */
  public void release(TenantId tenant, String namespace, DeletionPolicy policy)
      throws InventoryException, InterruptedException {
    try {
      watch.awaitReady();
    } catch (InventoryException e) {
      if (watch.state().definitionsMissing()) {
        return;
      }
      throw e;
    }
    Planner planner = new Planner(tenant, namespace);
    SinkResult result =
        rounds()
            .run(
                new Ownership(tenant),
                namespace,
                (observed, granted) -> planner.release(observed, policy));
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

  /**
   * Starts to list and to watch, and returns at once. Safe to repeat. The first call of another
   * method does it too; whoever does it early need not wait then.
   */
  public void start() {
    watch.start();
  }

  /**
   * Tells whose records somebody else has made, changed or deleted, so that they can be repaired by
   * {@link #apply}. What this sink writes itself is not told, unless the answer to the write was
   * lost. Changes that do not matter may be told, and one change may be told more than once.
   *
   * @param told called by threads of this sink and of the client, some at the same time; must
   *     return quickly and must not throw
   * @throws IllegalStateException if there is a listener already
   */
  public void onDisturbance(Consumer<TenantId> told) {
    if (!listener.compareAndSet(null, told)) {
      throw new IllegalStateException("there is a listener already");
    }
  }

  private void tell(TenantId tenant) {
    Consumer<TenantId> told = listener.get();
    if (told != null) {
      told.accept(tenant);
    }
  }

  /**
   * Why changes that others make to records are not seen at this moment, for a person; empty if
   * they are, or if nothing has been started yet.
   */
  public Optional<String> trouble() {
    return watch.state().trouble();
  }

  private Rounds rounds() {
    return new Rounds(cache, records, writer, options.parallelWrites());
  }

  @Override
  public void close() {
    watch.close();
    writer.close();
  }
}
