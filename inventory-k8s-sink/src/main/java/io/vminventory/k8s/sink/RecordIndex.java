package io.vminventory.k8s.sink;

import io.vminventory.api.TenantId;
import io.vminventory.k8s.VmResource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** VM objects, found by their place and by whose records they are. Not thread-safe. */
final class RecordIndex {

  /** Where an object is. */
  record Place(String namespace, String name) {

    static Place of(VmResource vm) {
      return new Place(vm.getMetadata().getNamespace(), vm.getMetadata().getName());
    }
  }

  private record Owned(String namespace, TenantId owner) {}

  private final Map<String, Map<String, VmResource>> byNamespace = new HashMap<>();
  private final Map<Owned, NavigableSet<VmResource>> byOwner = new HashMap<>();

  /** The object at that place; {@code null} if there is none. */
  @Nullable VmResource find(Place place) {
    return byNamespace.getOrDefault(place.namespace(), Map.of()).get(place.name());
  }

  /** Puts the object in the place of whatever was there. */
  void put(VmResource vm) {
    remove(Place.of(vm));
    byNamespace
        .computeIfAbsent(vm.getMetadata().getNamespace(), namespace -> new HashMap<>())
        .put(vm.getMetadata().getName(), vm);
    owned(vm)
        .ifPresent(
            owned ->
                byOwner
                    .computeIfAbsent(owned, any -> new TreeSet<>(Observed.OLDEST_FIRST))
                    .add(vm));
  }

  void remove(Place place) {
    VmResource known = find(place);
    if (known != null) {
      byNamespace.computeIfPresent(
          place.namespace(), (namespace, objects) -> without(objects, place.name()));
      owned(known)
          .ifPresent(
              owned -> byOwner.computeIfPresent(owned, (any, records) -> without(records, known)));
    }
  }

  void clear() {
    byNamespace.clear();
    byOwner.clear();
  }

  /** All objects of all namespaces, as they are now. */
  List<VmResource> all() {
    List<VmResource> all = new ArrayList<>();
    byNamespace.values().forEach(objects -> all.addAll(objects.values()));
    return all;
  }

  /** What the tenant sees of a namespace now. */
  Observed observe(String namespace, Ownership ownership) {
    Set<VmResource> records =
        byOwner.getOrDefault(new Owned(namespace, ownership.tenant()), new TreeSet<>());
    return new Observed(
        records.stream().filter(ownership::owns).toList(),
        new HashSet<>(byNamespace.getOrDefault(namespace, Map.of()).keySet()));
  }

  private static Optional<Owned> owned(VmResource vm) {
    return Ownership.ownerOf(vm).map(owner -> new Owned(vm.getMetadata().getNamespace(), owner));
  }

  private static @Nullable Map<String, VmResource> without(
      Map<String, VmResource> objects, String name) {
    objects.remove(name);
    return objects.isEmpty() ? null : objects;
  }

  private static @Nullable NavigableSet<VmResource> without(
      NavigableSet<VmResource> records, VmResource record) {
    records.remove(record);
    return records.isEmpty() ? null : records;
  }
}
