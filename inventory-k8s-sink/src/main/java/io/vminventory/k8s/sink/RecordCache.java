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
 * What is known of all records: what was listed, what the watch told since, and what we wrote
 * ourselves, whichever is newest. Says whose records somebody else has changed.
 *
 * <p>Thread-safe, and without requests of its own. Whoever is told is told by the thread that
 * brought the news, after the cache knows them.
 */
final class RecordCache<R extends HasMetadata> {

  /** How many deleted objects are remembered; more than can vanish while one request lasts. */
  private static final int MOST_BURIED = 10_000;

  /**
   * What was known when a list was begun.
   *
   * @param newest the newest version seen by then
   * @param buried the objects deleted by then
   */
  record Before(String newest, Set<String> buried) {}

  private final Consumer<TenantId> disturbed;
  private final RecordFormat<R, ?> format;
  private final RecordIndex<R> index;
  private final WriteExpectations<R> writes = new WriteExpectations<>();

  /** Identities of deleted objects, the latest last. An identity never comes back to life. */
  private final Set<String> buried = new LinkedHashSet<>();

  private String newest = RecordVersions.NONE;
  private boolean listed;

  /**
   * @param disturbed told the tenant of a record that was changed, deleted or made by somebody else
   */
  RecordCache(RecordFormat<R, ?> format, Consumer<TenantId> disturbed) {
    this.format = format;
    this.index = new RecordIndex<>(format);
    this.disturbed = disturbed;
  }

  /** Brings the agenda up to date, and tells what the plan for it needs to know. */
  synchronized Observed<R> observe(TenantId tenant, DirtyKeys agenda) {
    return index.observe(tenant, agenda);
  }

  /** The next agenda of the tenant in that namespace gets everything. */
  synchronized void forgetAgenda(TenantId tenant, String namespace) {
    index.forgetAgenda(tenant, namespace);
  }

  /** All records of the tenant in that namespace that stay. */
  synchronized List<R> ownedBy(TenantId tenant, String namespace) {
    return index.ownedBy(tenant, namespace);
  }

  /** The object was seen in this state, now or before. */
  void seen(R record) {
    hear(record, false).forEach(disturbed);
  }

  /** The object, of which this is any state, does not exist any more. */
  void gone(R record) {
    hear(record, true).forEach(disturbed);
  }

  /** A write to the object's place begins; {@link #written} has to follow. */
  synchronized void writing(R sent) {
    writes.begin(ObjectKey.of(sent));
  }

  /** The write has ended; the cache knows what it made before this returns. */
  void written(R sent, Outcome<R> outcome) {
    settle(sent, outcome).forEach(disturbed);
  }

  /** A list of all objects begins. */
  synchronized Before beforeList() {
    return new Before(newest, Set.copyOf(buried));
  }

  /**
   * Every object that existed at a version is in the list. What was written since stays. If the
   * version is older than what was known before, the cluster was restored or replaced: then nothing
   * that was known counts.
   */
  void listed(Before before, List<R> objects, String version) {
    replace(before, objects, version).forEach(disturbed);
  }

  private synchronized Set<TenantId> replace(Before before, List<R> objects, String version) {
    List<R> known = index.all();
    boolean restored = RecordVersions.isNewer(before.newest(), version);
    if (restored) {
      index.clear();
      buried.clear();
      newest = version;
    }
    remember(version);
    Set<TenantId> owners = new HashSet<>();
    Set<ObjectKey> places = new HashSet<>();
    for (R record : objects) {
      places.add(ObjectKey.of(record));
      if (before.buried().contains(uid(record))) {
        buried.remove(uid(record));
      }
      owners.addAll(hear(record, false));
    }
    for (R record : known) {
      if (places.contains(ObjectKey.of(record))) {
        continue;
      }
      if (restored) {
        // If it was written since the list began, the watch is going to tell.
        ownerOf(record).ifPresent(owners::add);
      } else if (!RecordVersions.isNewer(RecordVersions.of(record), version)) {
        owners.addAll(hear(record, true));
      }
    }
    boolean first = !listed;
    listed = true;
    return first ? Set.of() : owners;
  }

  private synchronized Set<TenantId> settle(R sent, Outcome<R> outcome) {
    if (outcome instanceof Outcome.Done<R> done) {
      boolean unused = done.now().map(this::put).orElseGet(() -> remove(sent));
    }
    return writes.end(sent, outcome);
  }

  /** Whom to tell. */
  private synchronized Set<TenantId> hear(R record, boolean gone) {
    R known = index.find(ObjectKey.of(record));
    if (!(gone ? remove(record) : put(record))) {
      return Set.of();
    }
    Set<TenantId> owners = new HashSet<>();
    ownerOf(record).ifPresent(owners::add);
    Optional.ofNullable(known).flatMap(this::ownerOf).ifPresent(owners::add);
    return writes.judge(new WriteExpectations.RecordEvent<>(record, gone, owners));
  }

  /** Whether that is news. */
  private boolean put(R record) {
    R known = index.find(ObjectKey.of(record));
    if (buried.contains(uid(record)) || (known != null && !RecordVersions.isNewer(record, known))) {
      return false;
    }
    index.put(record);
    remember(RecordVersions.of(record));
    return true;
  }

  /** Whether that is news. */
  private boolean remove(R record) {
    bury(uid(record));
    remember(RecordVersions.of(record));
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

  private void bury(String uid) {
    if (!uid.isEmpty() && buried.add(uid) && buried.size() > MOST_BURIED) {
      buried.remove(buried.iterator().next());
    }
  }

  private void remember(String version) {
    if (RecordVersions.isNewer(version, newest)) {
      newest = version;
    }
  }

  /** The identity of the object, empty if it has none. */
  static String uid(HasMetadata record) {
    return Objects.requireNonNullElse(record.getMetadata().getUid(), "");
  }
}
