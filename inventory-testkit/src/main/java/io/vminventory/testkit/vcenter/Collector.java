package io.vminventory.testkit.vcenter;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

  private final Ref ref;
  private final Signal signal;
  private final Map<String, Rest> rests = new HashMap<>();
  private final Map<String, UpdateFilter> filters = new LinkedHashMap<>();
  private int tokens;
  private int version;
  private int waits;
  private boolean destroyed;

  Collector(Ref ref, Signal signal) {
    this.ref = ref;
    this.signal = signal;
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
    signal.give();
  }

  synchronized boolean removeFilter(Ref filter) {
    return filters.remove(filter.id()) != null;
  }

  /** Ends everything, waits under way included. */
  synchronized void destroy() {
    destroyed = true;
    rests.clear();
    filters.clear();
    signal.give();
  }

  /** Ends the wait that is under way. */
  synchronized void cancelWait() {
    waits++;
    signal.give();
  }

  /**
   * Begins a wait for news, which ends any other.
   *
   * @param known the version that the client has: the last one; or the one before, if it did not
   *     get the last; or an empty text, if it knows nothing
   * @return the number of the wait
   */
  synchronized int beginWait(String known) throws SoapFault {
    if (known.isEmpty()) {
      filters.values().forEach(UpdateFilter::forget);
    } else if (known.equals(Integer.toString(version))) {
      filters.values().forEach(UpdateFilter::confirm);
    } else if (known.equals(Integer.toString(version - 1))) {
      filters.values().forEach(UpdateFilter::takeBack);
    } else {
      throw new SoapFault("Invalid version " + known, Data.of("InvalidCollectorVersion"));
    }
    cancelWait();
    return waits;
  }

  /**
   * Writes an {@code UpdateSet}, if there is any news, under the lock of the inventory.
   *
   * @param wait the number of the wait
   * @param max how many objects to tell of
   * @return whether there was news
   */
  synchronized boolean writeNews(
      int wait, int max, Scope scope, Function<Ref, Optional<ManagedObject>> objects, XmlWriter out)
      throws SoapFault {
    if (destroyed || wait != waits) {
      throw new SoapFault("The request was canceled.", Data.of("RequestCanceled"));
    }
    Map<UpdateFilter, List<UpdateFilter.Update>> news = new LinkedHashMap<>();
    int left = max;
    boolean more = false;
    for (UpdateFilter filter : filters.values()) {
      List<UpdateFilter.Update> ofFilter = filter.news(left, scope, objects);
      if (!ofFilter.isEmpty()) {
        news.put(filter, ofFilter);
        left -= ofFilter.size();
      }
      more |= filter.hasMore();
    }
    if (news.isEmpty()) {
      return false;
    }
    version++;
    out.open("returnval").element("version", Integer.toString(version));
    news.forEach((filter, ofFilter) -> filter.write(ofFilter, out));
    if (more) {
      out.element("truncated", "true");
    }
    out.close("returnval");
    return true;
  }
}
