package io.vminventory.testkit.vcenter;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Property collector of a session: its unfinished reads and its filters. Thread-safe. */
final class PropertyCollector {

  /**
   * Objects of a read that are not sent yet.
   *
   * @param objects in order
   * @param max how many to send in a page
   */
  record PendingRead(List<Traversal.Selected> objects, int max) {}

  /**
   * Moment at which all updates had been reported.
   *
   * @param revision of the inventory
   * @param scope of the client
   */
  private record Checkpoint(long revision, Scope scope) {}

  private final MoRef ref;
  private final Map<String, PendingRead> pendingReads = new HashMap<>();
  private final Map<String, PropertyFilter> filters = new LinkedHashMap<>();
  private int tokens;
  private int version;
  private int waits;
  private ChangeSignal.@Nullable Listener waiting;
  private @Nullable Checkpoint last;
  private boolean invalid;
  private boolean destroyed;

  PropertyCollector(MoRef ref) {
    this.ref = ref;
  }

  MoRef ref() {
    return ref;
  }

  /** Stores the rest of a read and returns its token. */
  synchronized String store(PendingRead read) {
    String token = Integer.toString(tokens++);
    pendingReads.put(token, read);
    return token;
  }

  /** Removes and returns the rest of a read; a token is good for one use. */
  synchronized PendingRead claim(String token) throws SoapFault {
    PendingRead read = pendingReads.remove(token);
    if (read == null) {
      throw SoapFault.invalidArgument("token");
    }
    return read;
  }

  synchronized void add(PropertyFilter filter) {
    filters.put(filter.ref().id(), filter);
    last = null;
    wake();
  }

  synchronized boolean removeFilter(MoRef filter) {
    return filters.remove(filter.id()) != null;
  }

  /** Destroys everything, pending waits included. */
  synchronized void destroy() {
    destroyed = true;
    pendingReads.clear();
    filters.clear();
    wake();
  }

  /** Cancels the pending wait. */
  synchronized void cancelWait() {
    waits++;
    wake();
  }

  private void wake() {
    if (waiting != null) {
      waiting.wake();
    }
  }

  /** Rejects every version until the client starts over. */
  synchronized void invalidateVersions() {
    invalid = true;
  }

  /**
   * Begins a wait for updates, which cancels any other.
   *
   * @param known the version of the client: the last one; the one before, if the last response was
   *     lost; or empty to start over
   * @param listener woken by changes
   * @return the number of the wait
   */
  synchronized int beginWait(String known, ChangeSignal.Listener listener) throws SoapFault {
    if (known.isEmpty()) {
      invalid = false;
      last = null;
      filters.values().forEach(PropertyFilter::reset);
    } else if (!invalid && known.equals(Integer.toString(version))) {
      filters.values().forEach(PropertyFilter::acknowledge);
    } else if (!invalid && known.equals(Integer.toString(version - 1))) {
      last = null;
      filters.values().forEach(PropertyFilter::rollBack);
    } else {
      throw new SoapFault("Invalid version " + known, DataObject.of("InvalidCollectorVersion"));
    }
    cancelWait();
    waiting = listener;
    return waits;
  }

  /**
   * Writes an {@code UpdateSet} if there are updates, under the lock of the inventory.
   *
   * @param wait the number of the wait
   * @param max the maximum number of objects
   * @return whether there were updates
   */
  synchronized boolean writeUpdates(
      int wait, int max, UpdateOptions options, SessionView view, XmlWriter out) throws SoapFault {
    checkWait(wait);
    Optional<Set<MoRef>> changed = changed(view);
    if (changed.isPresent() && changed.get().isEmpty()) {
      last = new Checkpoint(view.inventory().revision(), view.scope());
      return false;
    }
    Map<PropertyFilter, List<PropertyFilter.Update>> updates = new LinkedHashMap<>();
    int left = max;
    boolean more = false;
    for (PropertyFilter filter : filters.values()) {
      List<PropertyFilter.Update> filterUpdates = filter.updates(left, options, view, changed);
      if (!filterUpdates.isEmpty()) {
        updates.put(filter, filterUpdates);
        left = Math.max(0, left - filterUpdates.size());
      }
      more |= filter.hasMore();
    }
    last = more ? null : new Checkpoint(view.inventory().revision(), view.scope());
    if (updates.isEmpty()) {
      return false;
    }
    version++;
    write(updates, more, out);
    return true;
  }

  /** Writes an {@code UpdateSet} in which no property is readable, and changes nothing. */
  synchronized void writeUnauthenticated(int wait, int max, SessionView view, XmlWriter out)
      throws SoapFault {
    checkWait(wait);
    Map<PropertyFilter, List<PropertyFilter.Update>> updates = new LinkedHashMap<>();
    filters.values().forEach(filter -> updates.put(filter, filter.unauthenticated(max, view)));
    write(updates, false, out);
  }

  private void checkWait(int wait) throws SoapFault {
    if (destroyed || wait != waits) {
      throw new SoapFault("The request was canceled.", DataObject.of("RequestCanceled"));
    }
  }

  private void write(
      Map<PropertyFilter, List<PropertyFilter.Update>> updates, boolean more, XmlWriter out) {
    out.open("returnval").element("version", Integer.toString(version));
    updates.forEach((filter, filterUpdates) -> filter.write(filterUpdates, out));
    if (more) {
      out.element("truncated", "true");
    }
    out.close("returnval");
  }

  /** The machines changed since the checkpoint; empty if anything may have changed. */
  private Optional<Set<MoRef>> changed(SessionView view) {
    if (last == null || last.scope() != view.scope()) {
      return Optional.empty();
    }
    Optional<List<Change>> changes = view.inventory().changesSince(last.revision());
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    Set<MoRef> changed = new LinkedHashSet<>();
    for (Change change : changes.get()) {
      if (view.scope().isAffectedBy(change)) {
        if (change.machine().isEmpty() || change.moved()) {
          return Optional.empty();
        }
        changed.add(change.machine().get().ref());
      }
    }
    return Optional.of(changed);
  }
}
