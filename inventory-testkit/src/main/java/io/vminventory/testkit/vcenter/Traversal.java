package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Finds the objects that a {@link FilterSpec} is about. For one thread, under the lock. */
final class Traversal {

  /** An object, and what to read of it. */
  record Selected(Ref ref, List<PropertyPath> paths) {}

  private record Step(Ref ref, FilterSpec.TraversalSpec spec) {}

  private final Function<Ref, Optional<ManagedObject>> objects;
  private final Scope scope;
  private final FilterSpec filter;
  private final Map<String, List<PropertyPath>> pathsByType = new HashMap<>();
  private final Map<Ref, Selected> selected = new LinkedHashMap<>();
  private final Set<Step> taken = new HashSet<>();

  private Traversal(
      FilterSpec filter, Scope scope, Function<Ref, Optional<ManagedObject>> objects) {
    this.filter = filter;
    this.scope = scope;
    this.objects = objects;
  }

  /**
   * The objects of a filter, each once, in the order in which they are reached.
   *
   * @param objects finds the objects that the session has
   * @throws SoapFault {@code ManagedObjectNotFound}, if an object is gone that the filter names
   */
  static List<Selected> select(
      FilterSpec filter, Scope scope, Function<Ref, Optional<ManagedObject>> objects)
      throws SoapFault {
    for (FilterSpec.ObjectSpec start : filter.objects()) {
      if (objects.apply(start.object()).isEmpty()) {
        throw SoapFault.notFound(start.object());
      }
    }
    return selectExisting(filter, scope, objects);
  }

  /** As {@link #select}, but objects that the filter names may be gone. */
  static List<Selected> selectExisting(
      FilterSpec filter, Scope scope, Function<Ref, Optional<ManagedObject>> objects) {
    Traversal traversal = new Traversal(filter, scope, objects);
    for (FilterSpec.ObjectSpec start : filter.objects()) {
      objects.apply(start.object()).ifPresent(object -> traversal.start(object, start));
    }
    return new ArrayList<>(traversal.selected.values());
  }

  private void start(ManagedObject object, FilterSpec.ObjectSpec spec) {
    if (!spec.skip()) {
      select(object);
    }
    follow(object, spec.traversals());
  }

  private void select(ManagedObject object) {
    Ref ref = object.ref();
    if (filter.wants(ref.kind()) && !selected.containsKey(ref)) {
      selected.put(
          ref, new Selected(ref, pathsByType.computeIfAbsent(ref.kind(), filter::pathsFor)));
    }
  }

  private void follow(ManagedObject object, List<FilterSpec.TraversalSpec> specs) {
    for (FilterSpec.TraversalSpec spec : specs) {
      if (Schema.isA(object.ref().kind(), spec.type())
          && scope.reads(object, spec.path().text())
          && taken.add(new Step(object.ref(), spec))) {
        Value value = spec.path().follow(object.property(spec.path().head(), scope));
        if (value instanceof Ref ref) {
          reach(ref, spec);
        } else if (value instanceof Value.Many many) {
          for (Value element : many.elements()) {
            if (element instanceof Ref ref) {
              reach(ref, spec);
            }
          }
        }
      }
    }
  }

  private void reach(Ref ref, FilterSpec.TraversalSpec spec) {
    Optional<ManagedObject> object = objects.apply(ref);
    if (object.isPresent()) {
      if (!spec.skip()) {
        select(object.get());
      }
      if (!spec.next().isEmpty()) {
        follow(object.get(), spec.next());
      }
    }
  }
}
