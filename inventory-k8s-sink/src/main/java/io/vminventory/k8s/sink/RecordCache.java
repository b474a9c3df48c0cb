package io.vminventory.k8s.sink;

import io.vminventory.api.TenantId;
import io.vminventory.k8s.VmResource;
import io.vminventory.k8s.sink.RecordIndex.Place;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is known of all VM objects: what was listed, what the watch told since, and what we wrote
 * ourselves, whichever is newest. Says whose records somebody else has changed.
 *
 * <p>Thread-safe, and without requests of its own. Whoever is told is told by the thread that
 * brought the news, after the cache knows them.
 */
final class RecordCache {

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
  private final RecordIndex index = new RecordIndex();
  private final OwnWrites writes = new OwnWrites();

  /** Identities of deleted objects, the latest last. An identity never comes back to life. */
  private final Set<String> buried = new LinkedHashSet<>();

  private String newest = RecordVersions.NONE;
  private boolean listed;

  /**
   * @param disturbed told the tenant of a record that was changed, deleted or made by somebody else
   */
  RecordCache(Consumer<TenantId> disturbed) {
    this.disturbed = disturbed;
  }

  synchronized Observed observe(String namespace, Ownership ownership) {
    return index.observe(namespace, ownership);
  }

  /** The object was seen in this state, now or before. */
  void seen(VmResource vm) {
    hear(vm, false).forEach(disturbed);
  }

  /** The object, of which this is any state, does not exist any more. */
  void gone(VmResource vm) {
    hear(vm, true).forEach(disturbed);
  }

  /** A write to the object's place begins; {@link #written} has to follow. */
  synchronized void writing(VmResource sent) {
    writes.begin(Place.of(sent));
  }

  /** The write has ended; the cache knows what it made before this returns. */
  void written(VmResource sent, Outcome outcome) {
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
  void listed(Before before, List<VmResource> objects, String version) {
    replace(before, objects, version).forEach(disturbed);
  }

  private synchronized Set<TenantId> replace(
      Before before, List<VmResource> objects, String version) {
    List<VmResource> known = index.all();
    boolean restored = RecordVersions.isNewer(before.newest(), version);
    if (restored) {
      index.clear();
      buried.clear();
      newest = version;
    }
    remember(version);
    Set<TenantId> owners = new HashSet<>();
    Set<Place> places = new HashSet<>();
    for (VmResource vm : objects) {
      places.add(Place.of(vm));
      if (before.buried().contains(uid(vm))) {
        buried.remove(uid(vm));
      }
      owners.addAll(hear(vm, false));
    }
    for (VmResource vm : known) {
      if (places.contains(Place.of(vm))) {
        continue;
      }
      if (restored) {
        // If it was written since the list began, the watch is going to tell.
        Ownership.ownerOf(vm).ifPresent(owners::add);
      } else if (!RecordVersions.isNewer(RecordVersions.of(vm), version)) {
        owners.addAll(hear(vm, true));
      }
    }
    boolean first = !listed;
    listed = true;
    return first ? Set.of() : owners;
  }

  private synchronized Set<TenantId> settle(VmResource sent, Outcome outcome) {
    if (outcome instanceof Outcome.Done done) {
      boolean unused = done.now().map(this::put).orElseGet(() -> remove(sent));
    }
    return writes.end(sent, outcome);
  }

  /** Whom to tell. */
  private synchronized Set<TenantId> hear(VmResource vm, boolean gone) {
    VmResource known = index.find(Place.of(vm));
    if (!(gone ? remove(vm) : put(vm))) {
      return Set.of();
    }
    Set<TenantId> owners = new HashSet<>();
    Ownership.ownerOf(vm).ifPresent(owners::add);
    Optional.ofNullable(known).flatMap(Ownership::ownerOf).ifPresent(owners::add);
    return writes.judge(new OwnWrites.News(vm, gone, owners));
  }

  /** Whether that is news. */
  private boolean put(VmResource vm) {
    VmResource known = index.find(Place.of(vm));
    if (buried.contains(uid(vm)) || (known != null && !RecordVersions.isNewer(vm, known))) {
      return false;
    }
    index.put(vm);
    remember(RecordVersions.of(vm));
    return true;
  }

  /** Whether that is news. */
  private boolean remove(VmResource vm) {
    bury(uid(vm));
    remember(RecordVersions.of(vm));
    VmResource known = index.find(Place.of(vm));
    if (known == null || !uid(known).equals(uid(vm))) {
      return false;
    }
    index.remove(Place.of(vm));
    return true;
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
  static String uid(VmResource vm) {
    return Objects.requireNonNullElse(vm.getMetadata().getUid(), "");
  }
}
