package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Index of records by object key and by owner. Not thread-safe. */
final class RecordIndex<R extends HasMetadata> {

  /** Namespace and name of an object. */
  record ObjectKey(String namespace, String name) {

    static ObjectKey of(HasMetadata record) {
      return new ObjectKey(record.getMetadata().getNamespace(), record.getMetadata().getName());
    }
  }

  private record OwnerKey(String namespace, TenantId owner) {}

  private final Map<String, Map<String, R>> byNamespace = new HashMap<>();
  private final Map<OwnerKey, TenantRecords<R>> byOwner = new HashMap<>();

  private final RecordFormat<R, ?> format;

  RecordIndex(RecordFormat<R, ?> format) {
    this.format = format;
  }

  /** The object of that key; {@code null} if there is none. */
  @Nullable R find(ObjectKey key) {
    return byNamespace.getOrDefault(key.namespace(), Map.of()).get(key.name());
  }

  /** Adds the object, or replaces the one of the same key. */
  void put(R record) {
    remove(ObjectKey.of(record));
    String namespace = record.getMetadata().getNamespace();
    byNamespace
        .computeIfAbsent(namespace, any -> new HashMap<>())
        .put(record.getMetadata().getName(), record);
    format
        .source(record)
        .ifPresent(source -> own(namespace, source.tenant()).add(source.key(), record));
  }

  void remove(ObjectKey key) {
    R known = find(key);
    if (known == null) {
      return;
    }
    Map<String, R> objects = byNamespace.getOrDefault(key.namespace(), Map.of());
    objects.remove(key.name());
    if (objects.isEmpty()) {
      byNamespace.remove(key.namespace());
    }
    format
        .source(known)
        .ifPresent(
            source -> {
              own(key.namespace(), source.tenant()).remove(source.key(), known);
              removeIfUnused(new OwnerKey(key.namespace(), source.tenant()));
            });
  }

  void clear() {
    byNamespace.clear();
    byOwner.values().forEach(TenantRecords::clear);
    byOwner.values().removeIf(TenantRecords::isUnused);
  }

  /** A copy of the list of all objects of all namespaces. */
  List<R> all() {
    List<R> all = new ArrayList<>();
    byNamespace.values().forEach(objects -> all.addAll(objects.values()));
    return all;
  }

  /** All live records of the tenant in that namespace. */
  List<R> ownedBy(TenantId tenant, String namespace) {
    TenantRecords<R> own = byOwner.get(new OwnerKey(namespace, tenant));
    return own == null ? List.of() : own.all();
  }

  /**
   * Marks dirty what has changed since these dirty keys were last used here; everything, if that is
   * not known. Returns what the plan for them needs.
   */
  ObservedRecords<R> observe(TenantId tenant, DirtyKeys dirtyKeys) {
    TenantRecords<R> own = own(dirtyKeys.namespace(), tenant);
    Map<String, List<R>> records = own.update(dirtyKeys);
    // Names of the same moment: if a record appears later, the creation fails with a conflict.
    boolean complete = records.values().stream().noneMatch(List::isEmpty);
    Map<String, R> objects = byNamespace.getOrDefault(dirtyKeys.namespace(), Map.of());
    return new ObservedRecords<>(
        records, own.size(), complete ? Set.of() : new HashSet<>(objects.keySet()));
  }

  /** The tenant's next plan in that namespace compares everything. */
  void stopTracking(TenantId tenant, String namespace) {
    own(namespace, tenant).stopTracking();
    removeIfUnused(new OwnerKey(namespace, tenant));
  }

  private TenantRecords<R> own(String namespace, TenantId tenant) {
    return byOwner.computeIfAbsent(new OwnerKey(namespace, tenant), any -> new TenantRecords<>());
  }

  private void removeIfUnused(OwnerKey owned) {
    byOwner.computeIfPresent(owned, (any, own) -> own.isUnused() ? null : own);
  }
}
