package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.Tenant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Dry run of {@link KubernetesInventorySink#apply}: makes the same decision on the same facts, and
 * writes nothing. Needs only the right to list the records of one namespace.
 *
 * <p>Thread-safe. The caller closes the client.
 */
public final class DryRun {

  private final DryRunPlanner<?, ?> planner;
  private final InstantSource clock;

  /**
   * Dry run of a sink for {@code VM} objects.
   *
   * @param options the sink's options; only the deletion limits matter
   */
  public DryRun(KubernetesClient client, SinkOptions options, InstantSource clock) {
    this(client, new VmFormat(), options, clock);
  }

  /**
   * Dry run of a sink for a resource of another format.
   *
   * @param options the sink's options; only the deletion limits matter
   */
  public <R extends HasMetadata, F> DryRun(
      KubernetesClient client,
      RecordFormat<R, F> format,
      SinkOptions options,
      InstantSource clock) {
    this.planner =
        new DryRunPlanner<>(
            new RecordStore<>(client, format.type()), format, DeletionGuard.of(options));
    this.clock = clock;
  }

  /**
   * The changes that {@link KubernetesInventorySink#apply} would make with the same parameters.
   *
   * @throws InventoryException if the records cannot be read
   */
  public PlannedChanges plan(Tenant tenant, Inventory inventory, int confirmedDeletions)
      throws InventoryException {
    return planner.plan(
        tenant, inventory, confirmedDeletions, clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }
}
