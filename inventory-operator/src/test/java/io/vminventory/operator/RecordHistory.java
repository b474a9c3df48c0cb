package io.vminventory.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.VmResource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Watched history of the records in one namespace and of the Tenants' conditions in another, so
 * that changes that were soon repaired are not missed.
 */
final class RecordHistory implements AutoCloseable {

  private final Map<String, String> versions = new ConcurrentHashMap<>();
  private final List<String> deleted = new CopyOnWriteArrayList<>();
  private final List<String> reasons = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable WatcherException> failure = new AtomicReference<>();
  private final Watch records;
  private final Watch tenants;

  RecordHistory(KubernetesClient client, String recordsIn, String tenantsIn) {
    records =
        client
            .resources(VmResource.class)
            .inNamespace(recordsIn)
            .watch(new Listener<>(this::record, failure::set));
    tenants =
        client
            .resources(TenantResource.class)
            .inNamespace(tenantsIn)
            .watch(new Listener<>((action, tenant) -> tenant(tenant), failure::set));
  }

  private void record(Watcher.Action action, VmResource vm) {
    String name = vm.getMetadata().getName();
    switch (action) {
      case ADDED, MODIFIED -> versions.put(name, vm.getMetadata().getResourceVersion());
      case DELETED -> {
        versions.remove(name);
        deleted.add(vm.getSpec().source().key());
      }
      case BOOKMARK, ERROR -> {}
    }
  }

  private void tenant(TenantResource tenant) {
    if (tenant.getStatus() != null) {
      tenant.getStatus().condition("Ready").map(Condition::reason).ifPresent(this::addReason);
    }
  }

  private void addReason(String reason) {
    if (reasons.isEmpty() || !reasons.get(reasons.size() - 1).equals(reason)) {
      reasons.add(reason);
    }
  }

  /** Resource versions of the existing records, by name. */
  Map<String, String> versions() {
    return Map.copyOf(versions);
  }

  /** Keys of all records that were deleted at any time. */
  List<String> deleted() {
    WatcherException reason = failure.get();
    if (reason != null) {
      throw new AssertionError("the history is not complete", reason);
    }
    return List.copyOf(deleted);
  }

  /** Reasons of the condition {@code Ready}, in order and without repetitions. */
  List<String> reasons() {
    return List.copyOf(reasons);
  }

  @Override
  public void close() {
    records.close();
    tenants.close();
  }

  private record Listener<T>(
      BiConsumer<Watcher.Action, T> onEvent, Consumer<WatcherException> onFailure)
      implements Watcher<T> {

    @Override
    public void eventReceived(Action action, T resource) {
      onEvent.accept(action, resource);
    }

    @Override
    public void onClose(WatcherException cause) {
      onFailure.accept(cause);
    }
  }
}
