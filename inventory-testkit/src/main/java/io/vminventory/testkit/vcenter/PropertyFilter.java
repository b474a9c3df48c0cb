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
 * Property filter: what was reported of each object, and the updates since. Reported state is kept
 * until the client acknowledges it, since a response can be lost. Guarded by its {@link
 * PropertyCollector}.
 */
final class PropertyFilter {

  /**
   * Update of one object.
   *
   * @param kind {@code enter}, {@code modify} or {@code leave}
   * @param changes new values by path; {@code null} for a property that is no longer set
   */
  record Update(
      String kind, MoRef object, Map<String, @Nullable Value> changes, PropertyValues values) {}

  /**
   * Reported state of an object.
   *
   * @param revisions of a machine, see {@link #revisions}
   */
  private record Reported(
      long revision, Visibility visibility, PropertyValues values, Revisions revisions) {}

  private record Revisions(long moved, long announced) {}

  private record Undo(MoRef object, @Nullable Reported before) {}

  private final MoRef ref;
  private final FilterSpec spec;
  private final Map<MoRef, Reported> reported = new LinkedHashMap<>();
  private final Deque<Undo> unacknowledged = new ArrayDeque<>();
  private boolean more;
  private int remaining;

  PropertyFilter(MoRef ref, FilterSpec spec) {
    this.ref = ref;
    this.spec = spec;
  }

  MoRef ref() {
    return ref;
  }

  /** The client received the last update set. */
  void acknowledge() {
    unacknowledged.clear();
  }

  /** The client did not receive the last update set. */
  void rollBack() {
    while (!unacknowledged.isEmpty()) {
      Undo undo = unacknowledged.removeLast();
      if (undo.before() == null) {
        reported.remove(undo.object());
      } else {
        reported.put(undo.object(), undo.before());
      }
    }
  }

  /** The client starts over. */
  void reset() {
    unacknowledged.clear();
    reported.clear();
  }

  /**
   * The updates since the last call, under the lock of the inventory.
   *
   * @param max the maximum number of objects; the others follow with the next call
   * @param changed the machines that may have changed, if nothing else has
   */
  List<Update> updates(
      int max, UpdateOptions options, SessionView view, Optional<Set<MoRef>> changed) {
    Map<MoRef, Traversal.Selected> now = new LinkedHashMap<>();
    List<Update> updates = new ArrayList<>();
    more = false;
    remaining = max;
    if (changed.isPresent()) {
      changed.get().stream()
          .filter(reported::containsKey)
          .forEach(each -> now.put(each, new Traversal.Selected(each, spec.pathsFor(each.kind()))));
    } else {
      Traversal.selectExisting(spec, view.scope(), view::find)
          .forEach(each -> now.put(each.ref(), each));
      for (MoRef known : List.copyOf(reported.keySet())) {
        if (!now.containsKey(known) && reserveUpdate()) {
          updates.add(new Update("leave", known, Map.of(), PropertyValues.NONE));
          remember(known, null);
        }
      }
    }
    for (Traversal.Selected selected : now.values()) {
      if (more) {
        break;
      }
      addUpdate(selected, options, view, updates);
    }
    return updates;
  }

  private void addUpdate(
      Traversal.Selected selected, UpdateOptions options, SessionView view, List<Update> updates) {
    ManagedObject object = view.find(selected.ref()).orElseThrow();
    Reported before = reported.get(selected.ref());
    if (before != null && !mayDiffer(object, before, view.scope())) {
      return;
    }
    PropertyValues values = PropertyValues.read(object, selected.paths(), view.scope());
    Revisions revisions = revisions(object);
    boolean moved =
        before != null
            && options.movesAsLeaveAndEnter()
            && before.revisions().moved() != revisions.moved();
    boolean repeated = before != null && before.revisions().announced() != revisions.announced();
    boolean same = before != null && before.values().equals(values);
    if ((same && !moved && !repeated) || !reserveUpdate()) {
      return;
    }
    MoRef ref = selected.ref();
    if (before == null || moved || repeated) {
      Map<String, @Nullable Value> all = new LinkedHashMap<>(values.set());
      if (options.unsetOnEnter()) {
        selected.paths().stream()
            .map(PropertyPath::text)
            .filter(path -> !values.missing().contains(path))
            .forEach(path -> all.putIfAbsent(path, null));
      }
      updates.add(new Update("enter", ref, all, values));
    } else {
      updates.add(new Update("modify", ref, values.changesSince(before.values()), values));
    }
    if (moved) {
      updates.add(new Update("leave", ref, Map.of(), PropertyValues.NONE));
    }
    remember(ref, new Reported(revision(object), view.scope().visibility(), values, revisions));
  }

  /** All objects with unreadable properties, as for a session that has just ended. */
  List<Update> unauthenticated(int max, SessionView view) {
    return Traversal.selectExisting(spec, view.scope(), view::find).stream()
        .limit(max)
        .map(
            each ->
                new Update(
                    reported.containsKey(each.ref()) ? "modify" : "enter",
                    each.ref(),
                    Map.of(),
                    PropertyValues.unauthenticated(each.paths())))
        .toList();
  }

  /** Whether the last update set was truncated. */
  boolean hasMore() {
    return more;
  }

  private boolean reserveUpdate() {
    more = remaining == 0;
    if (!more) {
      remaining--;
    }
    return !more;
  }

  /** The properties of a machine change only with its revision or with the visibility. */
  private static boolean mayDiffer(ManagedObject object, Reported before, Scope scope) {
    return !(object instanceof Machine)
        || before.revision() != revision(object)
        || !before.revisions().equals(revisions(object))
        || before.visibility() != scope.visibility();
  }

  private static long revision(ManagedObject object) {
    return object instanceof ManagedEntity entity ? entity.revision() : 0;
  }

  /** The revisions of a machine's last move and of its last repeated enter. */
  private static Revisions revisions(ManagedObject object) {
    return object instanceof Machine machine
        ? new Revisions(machine.movedAt(), machine.announcedAt())
        : new Revisions(0, 0);
  }

  private void remember(MoRef object, @Nullable Reported now) {
    Reported before = now == null ? reported.remove(object) : reported.put(object, now);
    unacknowledged.addLast(new Undo(object, before));
  }

  /** Writes a {@code PropertyFilterUpdate}. */
  void write(List<Update> updates, XmlWriter out) {
    out.open("filterSet").ref("filter", ref);
    for (Update update : updates) {
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
