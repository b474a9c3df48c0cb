package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Records of one tenant in one namespace by machine key, with the keys whose records have changed
 * since the last plan. Not thread-safe.
 */
final class TenantRecords<R extends HasMetadata> {

  /** By two properties that never change. */
  private static final Comparator<HasMetadata> OLDEST_FIRST =
      Comparator.<HasMetadata, String>comparing(TenantRecords::created)
          .thenComparing(record -> record.getMetadata().getName());

  /** With more changes than this, a full comparison costs about the same. */
  private static final int MAX_CHANGED_KEYS = 10_000;

  /** Oldest first. A machine has one record, unless a person creates another. */
  private final Map<String, List<R>> byKey = new HashMap<>();

  private Set<String> changedKeys = new HashSet<>();

  /** The dirty keys for which changes are tracked. */
  private @Nullable DirtyKeys tracking;

  private int live;

  void add(String key, R record) {
    List<R> records = byKey.computeIfAbsent(key, any -> new ArrayList<>(1));
    int index = Collections.binarySearch(records, record, OLDEST_FIRST);
    records.add(index < 0 ? -index - 1 : index, record);
    count(key, record, 1);
  }

  void remove(String key, R record) {
    byKey.computeIfPresent(
        key,
        (any, records) -> {
          records.removeIf(known -> known == record);
          return records.isEmpty() ? null : records;
        });
    count(key, record, -1);
  }

  void clear() {
    byKey.clear();
    live = 0;
    stopTracking();
  }

  private void count(String key, R record, int more) {
    if (Ownership.isLive(record)) {
      live += more;
    }
    if (tracking != null) {
      changedKeys.add(key);
      if (changedKeys.size() > MAX_CHANGED_KEYS) {
        stopTracking();
      }
    }
  }

  /** Whether there are neither records nor tracked changes. */
  boolean isUnused() {
    return byKey.isEmpty() && tracking == null;
  }

  /** Number of live records: those that are not being deleted. */
  int size() {
    return live;
  }

  /** All live records. */
  List<R> all() {
    return byKey.keySet().stream().flatMap(key -> live(key).stream()).toList();
  }

  /**
   * Marks dirty what has changed since these dirty keys were last updated, and tracks changes for
   * them from now on. If other dirty keys were updated last, everything is marked.
   *
   * @return the live records of every dirty key
   */
  Map<String, List<R>> update(DirtyKeys dirtyKeys) {
    if (tracking == dirtyKeys) {
      dirtyKeys.markDirty(changedKeys);
    } else {
      dirtyKeys.markAllDirty();
      dirtyKeys.markDirty(byKey.keySet());
    }
    tracking = dirtyKeys;
    changedKeys = new HashSet<>();
    Map<String, List<R>> records = new LinkedHashMap<>();
    dirtyKeys.keys().forEach(key -> records.put(key, live(key)));
    return records;
  }

  /** The next update marks everything dirty. */
  void stopTracking() {
    tracking = null;
    changedKeys = new HashSet<>();
  }

  /** A copy of the key's records, without those that are being deleted. */
  private List<R> live(String key) {
    return byKey.getOrDefault(key, List.of()).stream().filter(Ownership::isLive).toList();
  }

  private static String created(HasMetadata record) {
    return Objects.requireNonNullElse(record.getMetadata().getCreationTimestamp(), "");
  }
}
