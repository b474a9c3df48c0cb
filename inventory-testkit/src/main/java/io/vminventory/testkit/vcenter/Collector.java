package io.vminventory.testkit.vcenter;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A property collector of a session: the reads that are not finished, and the filters whose news it
 * tells. Thread-safe.
 */
final class Collector {

  /**
   * The rest of a read.
   *
   * @param objects what to tell
   * @param max how many of them at once
   */
  record Rest(List<Traversal.Selected> objects, int max) {}

  /**
   * The last time that all news was told.
   *
   * @param revision of the inventory
   * @param scope of the client
   */
  private record Look(long revision, Scope scope) {}

  private final Ref ref;
  private final Map<String, Rest> rests = new HashMap<>();
  private final Map<String, UpdateFilter> filters = new LinkedHashMap<>();
  private int tokens;
  private int version;
  private int waits;
  private Signal.@Nullable Listener waiting;
  private @Nullable Look last;
  private boolean invalid;
  private boolean destroyed;

  Collector(Ref ref) {
    this.ref = ref;
  }

  Ref ref() {
    return ref;
  }

  /** Keeps the rest of a read and returns the token for it. */
  synchronized String keep(Rest rest) {
    String token = Integer.toString(tokens++);
    rests.put(token, rest);
    return token;
  }

  /** Takes the rest that a token stands for; a token is good for one use. */
  synchronized Rest take(String token) throws SoapFault {
    Rest rest = rests.remove(token);
    if (rest == null) {
      throw SoapFault.invalidArgument("token");
    }
    return rest;
  }

  synchronized void add(UpdateFilter filter) {
    filters.put(filter.ref().id(), filter);
    last = null;
    wake();
  }

  synchronized boolean removeFilter(Ref filter) {
    return filters.remove(filter.id()) != null;
  }

  /** Ends everything, waits under way included. */
  synchronized void destroy() {
    destroyed = true;
    rests.clear();
    filters.clear();
    wake();
  }

  /** Ends the wait that is under way. */
  synchronized void cancelWait() {
    waits++;
    wake();
  }

  private void wake() {
    if (waiting != null) {
      waiting.wake();
    }
  }

  /** Refuses every version until the client says that it knows nothing. */
  synchronized void invalidateVersions() {
    invalid = true;
  }

  /**
   * Begins a wait for news, which ends any other.
   *
   * @param known the version that the client has: the last one; or the one before, if it did not
   *     get the last; or an empty text, if it knows nothing
   * @param listener woken when there may be something for the wait
   * @return the number of the wait
   */
  synchronized int beginWait(String known, Signal.Listener listener) throws SoapFault {
    if (known.isEmpty()) {
      invalid = false;
      last = null;
      filters.values().forEach(UpdateFilter::forget);
    } else if (!invalid && known.equals(Integer.toString(version))) {
      filters.values().forEach(UpdateFilter::confirm);
    } else if (!invalid && known.equals(Integer.toString(version - 1))) {
      last = null;
      filters.values().forEach(UpdateFilter::takeBack);
    } else {
      throw new SoapFault("Invalid version " + known, Data.of("InvalidCollectorVersion"));
    }
    cancelWait();
    waiting = listener;
    return waits;
  }

  /**
   * Writes an {@code UpdateSet}, if there is any news, under the lock of the inventory.
   *
   * @param wait the number of the wait
   * @param max how many objects to tell of
   * @return whether there was news
   */
  synchronized boolean writeNews(int wait, int max, UpdateOptions options, View view, XmlWriter out)
      throws SoapFault {
    checkWait(wait);
    Optional<Set<Ref>> suspects = suspects(view);
    if (suspects.isPresent() && suspects.get().isEmpty()) {
      last = new Look(view.inventory().revision(), view.scope());
      return false;
    }
    Map<UpdateFilter, List<UpdateFilter.Update>> news = new LinkedHashMap<>();
    int left = max;
    boolean more = false;
    for (UpdateFilter filter : filters.values()) {
      List<UpdateFilter.Update> ofFilter = filter.news(left, options, view, suspects);
      if (!ofFilter.isEmpty()) {
        news.put(filter, ofFilter);
        left = Math.max(0, left - ofFilter.size());
      }
      more |= filter.hasMore();
    }
    last = more ? null : new Look(view.inventory().revision(), view.scope());
    if (news.isEmpty()) {
      return false;
    }
    version++;
    write(news, more, out);
    return true;
  }

  /**
   * Writes an {@code UpdateSet} that says that nothing can be read any more, and changes nothing.
   */
  synchronized void writeUnauthenticated(int wait, int max, View view, XmlWriter out)
      throws SoapFault {
    checkWait(wait);
    Map<UpdateFilter, List<UpdateFilter.Update>> news = new LinkedHashMap<>();
    filters.values().forEach(filter -> news.put(filter, filter.unauthenticated(max, view)));
    write(news, false, out);
  }

  private void checkWait(int wait) throws SoapFault {
    if (destroyed || wait != waits) {
      throw new SoapFault("The request was canceled.", Data.of("RequestCanceled"));
    }
  }

  private void write(
      Map<UpdateFilter, List<UpdateFilter.Update>> news, boolean more, XmlWriter out) {
    out.open("returnval").element("version", Integer.toString(version));
    news.forEach((filter, ofFilter) -> filter.write(ofFilter, out));
    if (more) {
      out.element("truncated", "true");
    }
    out.close("returnval");
  }

  /** The machines that may have changed since all news was told; none if it may be anything. */
  private Optional<Set<Ref>> suspects(View view) {
    if (last == null || last.scope() != view.scope()) {
      return Optional.empty();
    }
    Optional<List<Change>> changes = view.inventory().changesSince(last.revision());
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    Set<Ref> suspects = new LinkedHashSet<>();
    for (Change change : changes.get()) {
      if (view.scope().isConcernedBy(change)) {
        if (change.machine().isEmpty() || change.moved()) {
          return Optional.empty();
        }
        suspects.add(change.machine().get().ref());
      }
    }
    return Optional.of(suspects);
  }
}
