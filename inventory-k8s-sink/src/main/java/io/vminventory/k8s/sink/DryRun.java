package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.Tenant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Tells what {@link KubernetesInventorySink#apply} would do: the same decision on the same facts,
 * and nothing is written. It lists the records of one namespace, so that right is enough.
 *
 * <p>Thread-safe; the client stays the caller's.
 */
public final class DryRun {

  private final Preview<?, ?> preview;
  private final InstantSource clock;

  /**
   * Of a sink that writes {@code VM} objects.
   *
   * @param options those of the sink; only the limits for deletions count
   */
  public DryRun(KubernetesClient client, SinkOptions options, InstantSource clock) {
    this(client, new VmFormat(), options, clock);
  }

  /**
   * Of a sink that writes a resource of another format.
   *
   * @param options those of the sink; only the limits for deletions count
   */
  public <R extends HasMetadata, F> DryRun(
      KubernetesClient client,
      RecordFormat<R, F> format,
      SinkOptions options,
      InstantSource clock) {
    this.preview =
        new Preview<>(new RecordStore<>(client, format.type()), format, DeletionGuard.of(options));
    this.clock = clock;
  }

  /**
   * What would be done; the parameters are those of {@link KubernetesInventorySink#apply}.
   *
   * @throws InventoryException if the records cannot be read
   */
  public PlannedChanges plan(Tenant tenant, Inventory inventory, int confirmedDeletions)
      throws InventoryException {
    return preview.plan(
        tenant, inventory, confirmedDeletions, clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }
}
