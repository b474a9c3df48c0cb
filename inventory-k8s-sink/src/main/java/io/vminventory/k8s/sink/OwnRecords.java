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
 * One tenant's records in one namespace, by the keys of their machines, and which of them have
 * changed since an agenda was brought up to date. Not thread-safe.
 */
final class OwnRecords<R extends HasMetadata> {

  /** By two things that no object ever changes. */
  private static final Comparator<HasMetadata> OLDEST_FIRST =
      Comparator.<HasMetadata, String>comparing(OwnRecords::created)
          .thenComparing(record -> record.getMetadata().getName());

  /** If more have changed than this, nobody looks, or has to look at nearly everything. */
  private static final int MOST_TOUCHED = 10_000;

  /** Sorted. A machine has one record, unless a person makes another one. */
  private final Map<String, List<R>> byKey = new HashMap<>();

  private Set<String> touched = new HashSet<>();
  private @Nullable DirtyKeys reader;
  private int staying;

  void add(String key, R record) {
    List<R> records = byKey.computeIfAbsent(key, any -> new ArrayList<>(1));
    int place = Collections.binarySearch(records, record, OLDEST_FIRST);
    records.add(place < 0 ? -place - 1 : place, record);
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
    staying = 0;
    forgetReader();
  }

  private void count(String key, R record, int more) {
    if (Ownership.stays(record)) {
      staying += more;
    }
    if (reader != null) {
      touched.add(key);
      if (touched.size() > MOST_TOUCHED) {
        forgetReader();
      }
    }
  }

  /** Whether there is nothing worth to be kept. */
  boolean forgettable() {
    return byKey.isEmpty() && reader == null;
  }

  /** How many of them stay. */
  int size() {
    return staying;
  }

  /** All that stay. */
  List<R> all() {
    return byKey.keySet().stream().flatMap(key -> staying(key).stream()).toList();
  }

  /**
   * Puts on the agenda what has changed since the same agenda was brought up to date the last time.
   * If that is not known, everything is put on it.
   *
   * @return the records of all that is on the agenda
   */
  Map<String, List<R>> bringUpToDate(DirtyKeys agenda) {
    if (reader == agenda) {
      agenda.add(touched);
    } else {
      agenda.addAllMachines();
      agenda.add(byKey.keySet());
    }
    reader = agenda;
    touched = new HashSet<>();
    Map<String, List<R>> records = new LinkedHashMap<>();
    agenda.keys().forEach(key -> records.put(key, staying(key)));
    return records;
  }

  /** Nobody has to be told any more what changes. */
  void forgetReader() {
    reader = null;
    touched = new HashSet<>();
  }

  /** A copy, without those that are about to vanish. */
  private List<R> staying(String key) {
    return byKey.getOrDefault(key, List.of()).stream().filter(Ownership::stays).toList();
  }

  private static String created(HasMetadata record) {
    return Objects.requireNonNullElse(record.getMetadata().getCreationTimestamp(), "");
  }
}
