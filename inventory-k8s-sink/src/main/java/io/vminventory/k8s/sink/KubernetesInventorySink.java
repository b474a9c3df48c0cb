package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
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
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sink that keeps a tenant's machines as objects in the tenant's target namespace: {@code VM}
 * objects, or objects of your own resource, described by a {@link RecordFormat}.
 *
 * <p>The sink lists all records of the cluster once and then watches them, so a call only costs the
 * API server the writes of what differs, at most {@link SinkOptions#parallelWrites()} at a time.
 * Every write names the object version it was decided on. If another client was faster, the call
 * reads that object again and decides again, a few times. The client's configuration decides how
 * long one write may take and how often it is retried when the API server is overloaded. If the API
 * server stops responding, the call ends early with {@link Failure#UNAVAILABLE}.
 *
 * <p>A call waits up to ten seconds for the first list. If that fails, it throws: {@link
 * Failure#MISCONFIGURED} if a right or the custom resource definitions are missing, else {@link
 * Failure#UNAVAILABLE}. If the watch breaks later, calls go on with the cached records, and the
 * watch reconnects by itself.
 *
 * <p>Closing ends the threads and leaves the client open.
 */
public final class KubernetesInventorySink implements InventorySink, AutoCloseable {

  private final AtomicReference<@Nullable Consumer<TenantId>> listener = new AtomicReference<>();
  private final RecordReconciler<?, ?> reconciler;

  /**
   * Sink for {@code VM} objects.
   *
   * @param client has the right to write VM objects in every target namespace; the caller closes it
   * @param permit checked before each write; while it is not granted, calls that have anything to
   *     write throw {@link Failure#UNAVAILABLE}
   * @param clock gives a record the time of its last change
   */
  public KubernetesInventorySink(
      KubernetesClient client, SinkOptions options, WritePermit permit, InstantSource clock) {
    this(client, new VmFormat(), options, permit, clock);
  }

  /**
   * Sink for a resource of another format; everything else is as with {@code VM} objects. The
   * caller applies the definition of the resource.
   *
   * @param client has the right to write that resource in every target namespace; the caller closes
   *     it
   */
  public <R extends HasMetadata, F> KubernetesInventorySink(
      KubernetesClient client,
      RecordFormat<R, F> format,
      SinkOptions options,
      WritePermit permit,
      InstantSource clock) {
    this.reconciler =
        new RecordReconciler<>(client, format, options, permit, clock, this::notifyListener);
  }

  @Override
  public SinkResult apply(Tenant tenant, Inventory inventory, int confirmedDeletions)
      throws InventoryException, InterruptedException {
    return reconciler.apply(tenant, inventory, confirmedDeletions);
  }

  /**
   * Releases all records of a tenant that is being deleted. Needs no platform. Safe to repeat; does
   * nothing if the namespace or the resource definition is gone.
   *
   * @param namespace where the records are
   * @param policy {@code DELETE} deletes the records, however many there are; {@code RETAIN} keeps
   *     them and removes our labels. A later Tenant of the same name and namespace adopts them
   * @throws InventoryException if a record could not be released; names the first few
   * @throws InterruptedException if the thread is interrupted; some records may be released by then
   */
  public void release(TenantId tenant, String namespace, DeletionPolicy policy)
      throws InventoryException, InterruptedException {
    reconciler.release(tenant, namespace, policy);
  }

  /**
   * Evicts what is cached to compare the tenant's next inventory with, because no inventory will
   * follow that was made from the last one. Writes nothing. The tenant's next call compares
   * everything. May be called from any thread at any time.
   */
  public void evict(TenantId tenant) {
    reconciler.evict(tenant);
  }

  /**
   * Starts the list and watch, and returns at once. Safe to repeat. Every other method starts them
   * too; an early start saves the first call the wait.
   */
  public void start() {
    reconciler.start();
  }

  /**
   * Registers the listener for external changes: another client has created, changed or deleted a
   * record of the tenant, and {@link #apply} can repair it. This sink's own writes are not
   * reported, unless the response to the write was lost. Irrelevant changes may be reported, and
   * one change may be reported more than once.
   *
   * @param callback called by threads of this sink and of the client, possibly at the same time;
   *     must return quickly and must not throw
   * @throws IllegalStateException if there is a listener already
   */
  public void onExternalChange(Consumer<TenantId> callback) {
    if (!listener.compareAndSet(null, callback)) {
      throw new IllegalStateException("there is a listener already");
    }
  }

  private void notifyListener(TenantId tenant) {
    Consumer<TenantId> callback = listener.get();
    if (callback != null) {
      callback.accept(tenant);
    }
  }

  /**
   * The reason why external changes are not noticed at this moment, for people; empty if they are,
   * or if the sink has not been started.
   */
  public Optional<String> problem() {
    return reconciler.state().problem();
  }

  @Override
  public void close() {
    reconciler.close();
  }
}
