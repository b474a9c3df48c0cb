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
 * What happened to the records of one namespace and was said of the Tenants of another, from the
 * beginning on, so that nothing that was soon put right is missed.
 */
final class History implements AutoCloseable {

  private final Map<String, String> versions = new ConcurrentHashMap<>();
  private final List<String> deleted = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final AtomicReference<@Nullable WatcherException> broken = new AtomicReference<>();
  private final Watch records;
  private final Watch tenants;

  History(KubernetesClient client, String recordsIn, String tenantsIn) {
    records =
        client
            .resources(VmResource.class)
            .inNamespace(recordsIn)
            .watch(new Listener<>(this::record, broken::set));
    tenants =
        client
            .resources(TenantResource.class)
            .inNamespace(tenantsIn)
            .watch(new Listener<>((action, tenant) -> tenant(tenant), broken::set));
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
      tenant.getStatus().condition("Ready").map(Condition::reason).ifPresent(this::say);
    }
  }

  private void say(String reason) {
    if (said.isEmpty() || !said.get(said.size() - 1).equals(reason)) {
      said.add(reason);
    }
  }

  /** The versions of the records that are there, by name. */
  Map<String, String> versions() {
    return Map.copyOf(versions);
  }

  /** The keys of all records that were ever deleted. */
  List<String> deleted() {
    WatcherException reason = broken.get();
    if (reason != null) {
      throw new AssertionError("the history is not complete", reason);
    }
    return List.copyOf(deleted);
  }

  /** The reasons of condition {@code Ready} in turn. */
  List<String> said() {
    return List.copyOf(said);
  }

  @Override
  public void close() {
    records.close();
    tenants.close();
  }

  private record Listener<T>(BiConsumer<Watcher.Action, T> taker, Consumer<WatcherException> ended)
      implements Watcher<T> {

    @Override
    public void eventReceived(Action action, T resource) {
      taker.accept(action, resource);
    }

    @Override
    public void onClose(WatcherException cause) {
      ended.accept(cause);
    }
  }
}
