package io.vminventory.testkit.vcenter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A property filter: what its client was told of each object, and so what is news. It remembers the
 * last news until the client confirms them, since they may get lost on the way. Guarded by its
 * {@link Collector}.
 */
final class UpdateFilter {

  /**
   * News of one object.
   *
   * @param kind {@code enter}, {@code modify} or {@code leave}
   * @param changes new values by path; {@code null} for a property that is not set any more
   */
  record Update(
      String kind, Ref object, Map<String, @Nullable Value> changes, PropertyValues values) {}

  private record Told(long revision, Visibility visibility, PropertyValues values) {}

  private record Undo(Ref object, @Nullable Told before) {}

  private static final PropertyValues NOTHING = new PropertyValues(Map.of(), List.of());

  private final Ref ref;
  private final FilterSpec spec;
  private final Map<Ref, Told> told = new LinkedHashMap<>();
  private final Deque<Undo> unconfirmed = new ArrayDeque<>();
  private boolean more;

  UpdateFilter(Ref ref, FilterSpec spec) {
    this.ref = ref;
    this.spec = spec;
  }

  Ref ref() {
    return ref;
  }

  /** The client has got the last news. */
  void confirm() {
    unconfirmed.clear();
  }

  /** The client has not got the last news. */
  void takeBack() {
    while (!unconfirmed.isEmpty()) {
      Undo undo = unconfirmed.removeLast();
      if (undo.before() == null) {
        told.remove(undo.object());
      } else {
        told.put(undo.object(), undo.before());
      }
    }
  }

  /** The client knows nothing. */
  void forget() {
    unconfirmed.clear();
    told.clear();
  }

  /**
   * What is news, under the lock of the inventory.
   *
   * @param max how many objects to tell of; the others stay news
   */
  List<Update> news(int max, Scope scope, Function<Ref, Optional<ManagedObject>> objects) {
    Map<Ref, Traversal.Selected> now = new LinkedHashMap<>();
    Traversal.selectExisting(spec, scope, objects).forEach(each -> now.put(each.ref(), each));
    List<Update> news = new ArrayList<>();
    more = false;
    for (Ref known : List.copyOf(told.keySet())) {
      if (!now.containsKey(known) && isRoomFor(news, max)) {
        news.add(new Update("leave", known, Map.of(), NOTHING));
        remember(known, null);
      }
    }
    for (Traversal.Selected selected : now.values()) {
      ManagedObject object = objects.apply(selected.ref()).orElseThrow();
      Told before = told.get(selected.ref());
      if (before == null || mayDiffer(object, before, scope)) {
        PropertyValues values = PropertyValues.read(object, selected.paths(), scope);
        if ((before == null || !before.values().equals(values)) && isRoomFor(news, max)) {
          news.add(update(selected.ref(), before, values));
          remember(selected.ref(), new Told(revision(object), scope.visibility(), values));
        }
      }
      if (more) {
        break;
      }
    }
    return news;
  }

  /** Whether the last news left something out. */
  boolean hasMore() {
    return more;
  }

  private boolean isRoomFor(List<Update> news, int max) {
    more = news.size() >= max;
    return !more;
  }

  /** Nothing but its own change, or that of the visibility, changes a machine's properties. */
  private static boolean mayDiffer(ManagedObject object, Told before, Scope scope) {
    return !(object instanceof Machine)
        || before.revision() != revision(object)
        || before.visibility() != scope.visibility();
  }

  private static long revision(ManagedObject object) {
    return object instanceof Entity entity ? entity.revision() : 0;
  }

  private static Update update(Ref object, @Nullable Told before, PropertyValues values) {
    Map<String, @Nullable Value> changes =
        before == null ? new LinkedHashMap<>(values.set()) : values.changesSince(before.values());
    return new Update(before == null ? "enter" : "modify", object, changes, values);
  }

  private void remember(Ref object, @Nullable Told now) {
    Told before = now == null ? told.remove(object) : told.put(object, now);
    unconfirmed.addLast(new Undo(object, before));
  }

  /** Writes a {@code PropertyFilterUpdate}. */
  void write(List<Update> news, XmlWriter out) {
    out.open("filterSet").ref("filter", ref);
    for (Update update : news) {
      out.open("objectSet").element("kind", update.kind()).ref("obj", update.object());
      update
          .changes()
          .forEach(
              (path, value) -> {
                out.open("changeSet").element("name", path).element("op", "assign");
                if (value != null) {
                  out.any("val", value);
                }
                out.close("changeSet");
              });
      update.values().writeMissing(out, update.object());
      out.close("objectSet");
    }
    out.close("filterSet");
  }
}
