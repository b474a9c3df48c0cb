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
 * Keeps a tenant's machines as objects in the namespace that is the tenant's target: {@code VM}
 * objects, or those of a resource of your own that a {@link RecordFormat} describes.
 *
 * <p>All such objects of the cluster are listed once and watched from then on, so a call costs the
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

  private final AtomicReference<@Nullable Consumer<TenantId>> listener = new AtomicReference<>();
  private final RecordKeeper<?, ?> keeper;

  /**
   * Writes {@code VM} objects.
   *
   * @param client may write VM objects wherever tenants point; stays the caller's
   * @param permit asked before each write; while it is not granted, calls that have anything to
   *     write throw {@link Failure#UNAVAILABLE}
   * @param clock tells when a record changed
   */
  public KubernetesInventorySink(
      KubernetesClient client, SinkOptions options, WritePermit permit, InstantSource clock) {
    this(client, new VmFormat(), options, permit, clock);
  }

  /**
   * Writes a resource of another format; all else is as with {@code VM} objects. The definition of
   * the resource has to be applied by the caller.
   *
   * @param client may write that resource wherever tenants point; stays the caller's
   */
  public <R extends HasMetadata, F> KubernetesInventorySink(
      KubernetesClient client,
      RecordFormat<R, F> format,
      SinkOptions options,
      WritePermit permit,
      InstantSource clock) {
    this.keeper = new RecordKeeper<>(client, format, options, permit, clock, this::tell);
  }

  @Override
  public SinkResult apply(Tenant tenant, Inventory inventory, int confirmedDeletions)
      throws InventoryException, InterruptedException {
    return keeper.apply(tenant, inventory, confirmedDeletions);
  }

  /**
   * Lets go of all records of a tenant that is being deleted. The platform is not needed. Safe to
   * repeat; nothing is left to do if the namespace is gone, or the cluster knows no such objects.
   *
   * @param namespace where the records are
   * @param policy {@code DELETE} removes them, however many they are; {@code RETAIN} keeps them and
   *     takes our labels away. A Tenant of the same name and namespace adopts them later
   * @throws InventoryException if not all could be released; it names the first few
   * @throws InterruptedException if the thread is interrupted; some may be released
   */
  public void release(TenantId tenant, String namespace, DeletionPolicy policy)
      throws InventoryException, InterruptedException {
    keeper.release(tenant, namespace, policy);
  }

  /**
   * Frees what is kept in memory to compare the tenant's next inventory with, because there will be
   * none that was made from the last one. Nothing is written. If another call for the tenant
   * follows, it looks at everything. From any thread, at any time.
   */
  public void evict(TenantId tenant) {
    keeper.evict(tenant);
  }

  /**
   * Starts to list and to watch, and returns at once. Safe to repeat. The first call of another
   * method does it too; whoever does it early need not wait then.
   */
  public void start() {
    keeper.start();
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
  public void onExternalChange(Consumer<TenantId> told) {
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
  public Optional<String> problem() {
    return keeper.state().problem();
  }

  @Override
  public void close() {
    keeper.close();
  }
}
