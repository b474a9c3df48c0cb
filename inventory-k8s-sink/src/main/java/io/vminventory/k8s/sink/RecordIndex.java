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

/** Records, found by their place and by whose records they are. Not thread-safe. */
final class RecordIndex<R extends HasMetadata> {

  /** Where an object is. */
  record ObjectKey(String namespace, String name) {

    static ObjectKey of(HasMetadata record) {
      return new ObjectKey(record.getMetadata().getNamespace(), record.getMetadata().getName());
    }
  }

  private record Owned(String namespace, TenantId owner) {}

  private final Map<String, Map<String, R>> byNamespace = new HashMap<>();
  private final Map<Owned, OwnRecords<R>> byOwner = new HashMap<>();

  private final RecordFormat<R, ?> format;

  RecordIndex(RecordFormat<R, ?> format) {
    this.format = format;
  }

  /** The object at that place; {@code null} if there is none. */
  @Nullable R find(ObjectKey place) {
    return byNamespace.getOrDefault(place.namespace(), Map.of()).get(place.name());
  }

  /** Puts the object in the place of whatever was there. */
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

  void remove(ObjectKey place) {
    R known = find(place);
    if (known == null) {
      return;
    }
    Map<String, R> objects = byNamespace.getOrDefault(place.namespace(), Map.of());
    objects.remove(place.name());
    if (objects.isEmpty()) {
      byNamespace.remove(place.namespace());
    }
    format
        .source(known)
        .ifPresent(
            source -> {
              own(place.namespace(), source.tenant()).remove(source.key(), known);
              forgetIfEmpty(new Owned(place.namespace(), source.tenant()));
            });
  }

  void clear() {
    byNamespace.clear();
    byOwner.values().forEach(OwnRecords::clear);
    byOwner.values().removeIf(OwnRecords::forgettable);
  }

  /** All objects of all namespaces, as they are now. */
  List<R> all() {
    List<R> all = new ArrayList<>();
    byNamespace.values().forEach(objects -> all.addAll(objects.values()));
    return all;
  }

  /** All records of the tenant in that namespace that stay. */
  List<R> ownedBy(TenantId tenant, String namespace) {
    OwnRecords<R> own = byOwner.get(new Owned(namespace, tenant));
    return own == null ? List.of() : own.all();
  }

  /** Brings the agenda up to date, and tells what the plan for it needs to know. */
  Observed<R> observe(TenantId tenant, DirtyKeys agenda) {
    OwnRecords<R> own = own(agenda.namespace(), tenant);
    Map<String, List<R>> records = own.bringUpToDate(agenda);
    // With the names of the same moment: a record that comes later meets the one that is made.
    boolean complete = records.values().stream().noneMatch(List::isEmpty);
    Map<String, R> objects = byNamespace.getOrDefault(agenda.namespace(), Map.of());
    return new Observed<>(
        records, own.size(), complete ? Set.of() : new HashSet<>(objects.keySet()));
  }

  /** The next agenda of the tenant in that namespace gets everything. */
  void forgetAgenda(TenantId tenant, String namespace) {
    own(namespace, tenant).forgetReader();
    forgetIfEmpty(new Owned(namespace, tenant));
  }

  private OwnRecords<R> own(String namespace, TenantId tenant) {
    return byOwner.computeIfAbsent(new Owned(namespace, tenant), any -> new OwnRecords<>());
  }

  private void forgetIfEmpty(Owned owned) {
    byOwner.computeIfPresent(owned, (any, own) -> own.forgettable() ? null : own);
  }
}
