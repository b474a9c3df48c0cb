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
import java.util.stream.Collectors;

/**
 * Keeps a tenant's machines as {@code VM} objects in the namespace that is the tenant's target.
 *
 * <p>Each call looks, decides, and writes what is different, at most {@link
 * SinkOptions#parallelWrites()} objects at a time; where somebody else was faster, it looks and
 * decides again, a few times. The client decides how long one request may take and how often it is
 * repeated when the API server is overloaded. If the API server stops answering altogether, the
 * call ends early with {@link Failure#UNAVAILABLE}.
 *
 * <p>Closing ends the threads, not the client.
 */
public final class KubernetesInventorySink implements InventorySink, AutoCloseable {

  private static final int NAMED_PROBLEMS = 3;

  private final VmStore store;
  private final SinkOptions options;
  private final InstantSource clock;
  private final DeletionGuard guard;
  private final ParallelWriter writer;

  /**
   * @param client may write VM objects wherever tenants point; stays the caller's
   * @param clock tells when a record changed
   */
  public KubernetesInventorySink(
      KubernetesClient client, SinkOptions options, InstantSource clock) {
    this.store = new VmStore(client);
    this.options = options;
    this.clock = clock;
    this.guard = new DeletionGuard(options.guardPercent(), options.guardCount());
    this.writer = new ParallelWriter(options.parallelWrites());
  }

  @Override
  public SinkResult apply(Tenant tenant, Inventory inventory, int confirmedDeletions)
      throws InventoryException, InterruptedException {
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
   * repeat; nothing is left to do if the namespace is gone.
   *
   * @param namespace where the records are
   * @param policy {@code DELETE} removes them, however many they are; {@code RETAIN} keeps them and
   *     takes our labels away. A Tenant of the same name and namespace adopts them later
   * @throws InventoryException if not all could be released; it names the first few
   * @throws InterruptedException if the thread is interrupted; some may be released
   */
  public void release(TenantId tenant, String namespace, DeletionPolicy policy)
      throws InventoryException, InterruptedException {
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

  private Rounds rounds() {
    return new Rounds(store, writer, options.parallelWrites());
  }

  @Override
  public void close() {
    writer.close();
  }
}
