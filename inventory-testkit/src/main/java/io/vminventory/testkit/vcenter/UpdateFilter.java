package io.vminventory.testkit.vcenter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /**
   * What the client knows of an object.
   *
   * @param marks of a machine, see {@link #marks}
   */
  private record Told(long revision, Visibility visibility, PropertyValues values, Marks marks) {}

  private record Marks(long placed, long announced) {}

  private record Undo(Ref object, @Nullable Told before) {}

  private final Ref ref;
  private final FilterSpec spec;
  private final Map<Ref, Told> told = new LinkedHashMap<>();
  private final Deque<Undo> unconfirmed = new ArrayDeque<>();
  private boolean more;
  private int left;

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
   * @param suspects the machines that may have changed, if it is known that nothing else has
   */
  List<Update> news(int max, UpdateOptions options, View view, Optional<Set<Ref>> suspects) {
    Map<Ref, Traversal.Selected> now = new LinkedHashMap<>();
    List<Update> news = new ArrayList<>();
    more = false;
    left = max;
    if (suspects.isPresent()) {
      suspects.get().stream()
          .filter(told::containsKey)
          .forEach(each -> now.put(each, new Traversal.Selected(each, spec.pathsFor(each.kind()))));
    } else {
      Traversal.selectExisting(spec, view.scope(), view::find)
          .forEach(each -> now.put(each.ref(), each));
      for (Ref known : List.copyOf(told.keySet())) {
        if (!now.containsKey(known) && isRoom()) {
          news.add(new Update("leave", known, Map.of(), PropertyValues.NONE));
          remember(known, null);
        }
      }
    }
    for (Traversal.Selected selected : now.values()) {
      if (more) {
        break;
      }
      look(selected, options, view, news);
    }
    return news;
  }

  private void look(
      Traversal.Selected selected, UpdateOptions options, View view, List<Update> news) {
    ManagedObject object = view.find(selected.ref()).orElseThrow();
    Told before = told.get(selected.ref());
    if (before != null && !mayDiffer(object, before, view.scope())) {
      return;
    }
    PropertyValues values = PropertyValues.read(object, selected.paths(), view.scope());
    Marks marks = marks(object);
    boolean moved =
        before != null
            && options.movesAsLeaveAndEnter()
            && before.marks().placed() != marks.placed();
    boolean again = before != null && before.marks().announced() != marks.announced();
    boolean same = before != null && before.values().equals(values);
    if ((same && !moved && !again) || !isRoom()) {
      return;
    }
    Ref ref = selected.ref();
    if (before == null || moved || again) {
      Map<String, @Nullable Value> all = new LinkedHashMap<>(values.set());
      if (options.unsetInEnters()) {
        selected.paths().stream()
            .map(PropertyPath::text)
            .filter(path -> !values.missing().contains(path))
            .forEach(path -> all.putIfAbsent(path, null));
      }
      news.add(new Update("enter", ref, all, values));
    } else {
      news.add(new Update("modify", ref, values.changesSince(before.values()), values));
    }
    if (moved) {
      news.add(new Update("leave", ref, Map.of(), PropertyValues.NONE));
    }
    remember(ref, new Told(revision(object), view.scope().visibility(), values, marks));
  }

  /** All objects as a session finds them that ends in this moment. */
  List<Update> unauthenticated(int max, View view) {
    return Traversal.selectExisting(spec, view.scope(), view::find).stream()
        .limit(max)
        .map(
            each ->
                new Update(
                    told.containsKey(each.ref()) ? "modify" : "enter",
                    each.ref(),
                    Map.of(),
                    PropertyValues.unauthenticated(each.paths())))
        .toList();
  }

  /** Whether the last news left something out. */
  boolean hasMore() {
    return more;
  }

  private boolean isRoom() {
    more = left == 0;
    if (!more) {
      left--;
    }
    return !more;
  }

  /** Nothing but its own change, or that of the visibility, changes a machine's properties. */
  private static boolean mayDiffer(ManagedObject object, Told before, Scope scope) {
    return !(object instanceof Machine)
        || before.revision() != revision(object)
        || !before.marks().equals(marks(object))
        || before.visibility() != scope.visibility();
  }

  private static long revision(ManagedObject object) {
    return object instanceof Entity entity ? entity.revision() : 0;
  }

  /** When a machine was moved last, and when it was to be told of again. */
  private static Marks marks(ManagedObject object) {
    return object instanceof Machine machine
        ? new Marks(machine.placed(), machine.announced())
        : new Marks(0, 0);
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
