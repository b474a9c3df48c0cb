package io.vminventory.k8s.sink;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.sink.RecordIndex.ObjectKey;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Cache of all records, fed by list, watch and our own writes, whichever is newest. Reports the
 * tenants whose records another client has changed.
 *
 * <p>Thread-safe; makes no requests. The listener is called by the thread that brought the change,
 * after the cache has applied it.
 */
final class RecordCache<R extends HasMetadata> {

  /** More than the deletions that can happen while one request lasts. */
  private static final int MAX_TOMBSTONES = 10_000;

  /**
   * State of the cache when a list request begins.
   *
   * @param newest the newest version known by then
   * @param tombstones UIDs of the objects deleted by then
   */
  record ListStart(String newest, Set<String> tombstones) {}

  private final Consumer<TenantId> onExternalChange;
  private final RecordFormat<R, ?> format;
  private final RecordIndex<R> index;
  private final WriteExpectations<R> writes = new WriteExpectations<>();

  /** UIDs of deleted objects, the latest last. A UID is never used again. */
  private final Set<String> tombstones = new LinkedHashSet<>();

  private String newest = RecordVersions.NONE;
  private boolean listed;

  /**
   * @param onExternalChange notified of the tenant when another client has created, changed or
   *     deleted a record
   */
  RecordCache(RecordFormat<R, ?> format, Consumer<TenantId> onExternalChange) {
    this.format = format;
    this.index = new RecordIndex<>(format);
    this.onExternalChange = onExternalChange;
  }

  /** See {@link RecordIndex#observe}. */
  synchronized ObservedRecords<R> observe(TenantId tenant, DirtyKeys dirtyKeys) {
    return index.observe(tenant, dirtyKeys);
  }

  /** The tenant's next plan in that namespace compares everything. */
  synchronized void stopTracking(TenantId tenant, String namespace) {
    index.stopTracking(tenant, namespace);
  }

  /** All live records of the tenant in that namespace. */
  synchronized List<R> ownedBy(TenantId tenant, String namespace) {
    return index.ownedBy(tenant, namespace);
  }

  /** Applies a state of the object, new or old. */
  void onUpdate(R record) {
    apply(record, false).forEach(onExternalChange);
  }

  /** Applies the deletion of the object; any of its states will do. */
  void onDelete(R record) {
    apply(record, true).forEach(onExternalChange);
  }

  /** Begins a write to the object's key; {@link #endWrite} must follow. */
  synchronized void beginWrite(R sent) {
    writes.begin(ObjectKey.of(sent));
  }

  /** Ends the write, and applies its result before this returns. */
  void endWrite(R sent, Outcome<R> outcome) {
    complete(sent, outcome).forEach(onExternalChange);
  }

  /** Begins a list of all objects; {@link #onList} may follow. */
  synchronized ListStart startList() {
    return new ListStart(newest, Set.copyOf(tombstones));
  }

  /**
   * Applies a list of all objects as of one version. Later changes stay. If the version is older
   * than one that was known when the list began, the cluster was restored or replaced, and the list
   * replaces everything.
   */
  void onList(ListStart before, List<R> objects, String version) {
    replace(before, objects, version).forEach(onExternalChange);
  }

  private synchronized Set<TenantId> replace(ListStart before, List<R> objects, String version) {
    List<R> known = index.all();
    boolean restored = RecordVersions.isNewer(before.newest(), version);
    if (restored) {
      index.clear();
      tombstones.clear();
      newest = version;
    }
    noteVersion(version);
    Set<TenantId> owners = new HashSet<>();
    Set<ObjectKey> keys = new HashSet<>();
    for (R record : objects) {
      keys.add(ObjectKey.of(record));
      if (before.tombstones().contains(uid(record))) {
        tombstones.remove(uid(record));
      }
      owners.addAll(apply(record, false));
    }
    for (R record : known) {
      if (keys.contains(ObjectKey.of(record))) {
        continue;
      }
      if (restored) {
        // If it was written since the list began, the watch delivers it again.
        ownerOf(record).ifPresent(owners::add);
      } else if (!RecordVersions.isNewer(RecordVersions.of(record), version)) {
        owners.addAll(apply(record, true));
      }
    }
    boolean first = !listed;
    listed = true;
    return first ? Set.of() : owners;
  }

  private synchronized Set<TenantId> complete(R sent, Outcome<R> outcome) {
    if (outcome instanceof Outcome.Done<R> done) {
      boolean unused = done.now().map(this::put).orElseGet(() -> remove(sent));
    }
    return writes.end(sent, outcome);
  }

  /** Applies a state or a deletion; returns the tenants to notify. */
  private synchronized Set<TenantId> apply(R record, boolean deleted) {
    R known = index.find(ObjectKey.of(record));
    if (!(deleted ? remove(record) : put(record))) {
      return Set.of();
    }
    Set<TenantId> owners = new HashSet<>();
    ownerOf(record).ifPresent(owners::add);
    Optional.ofNullable(known).flatMap(this::ownerOf).ifPresent(owners::add);
    return writes.ownersToNotify(new WriteExpectations.RecordEvent<>(record, deleted, owners));
  }

  /** Returns whether the cache changed. */
  private boolean put(R record) {
    R known = index.find(ObjectKey.of(record));
    if (tombstones.contains(uid(record))
        || (known != null && !RecordVersions.isNewer(record, known))) {
      return false;
    }
    index.put(record);
    noteVersion(RecordVersions.of(record));
    return true;
  }

  /** Returns whether the cache changed. */
  private boolean remove(R record) {
    addTombstone(uid(record));
    noteVersion(RecordVersions.of(record));
    R known = index.find(ObjectKey.of(record));
    if (known == null || !uid(known).equals(uid(record))) {
      return false;
    }
    index.remove(ObjectKey.of(record));
    return true;
  }

  private Optional<TenantId> ownerOf(R record) {
    return format.source(record).map(RecordSource::tenant);
  }

  private void addTombstone(String uid) {
    if (!uid.isEmpty() && tombstones.add(uid) && tombstones.size() > MAX_TOMBSTONES) {
      tombstones.remove(tombstones.iterator().next());
    }
  }

  private void noteVersion(String version) {
    if (RecordVersions.isNewer(version, newest)) {
      newest = version;
    }
  }

  /** The object's UID; empty if it has none. */
  static String uid(HasMetadata record) {
    return Objects.requireNonNullElse(record.getMetadata().getUid(), "");
  }
}
