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

/**
 * Traversal from the start objects of a {@link FilterSpec}. For one thread, under the lock of the
 * inventory.
 */
final class Traversal {

  /** Selected object with the paths to read. */
  record Selected(MoRef ref, List<PropertyPath> paths) {}

  private record Step(MoRef ref, FilterSpec.TraversalSpec spec) {}

  private final Function<MoRef, Optional<ManagedObject>> objects;
  private final Scope scope;
  private final FilterSpec filter;
  private final Map<String, List<PropertyPath>> pathsByType = new HashMap<>();
  private final Map<MoRef, Selected> selected = new LinkedHashMap<>();
  private final Set<Step> taken = new HashSet<>();

  private Traversal(
      FilterSpec filter, Scope scope, Function<MoRef, Optional<ManagedObject>> objects) {
    this.filter = filter;
    this.scope = scope;
    this.objects = objects;
  }

  /**
   * The selected objects, each once, in the order in which they are reached.
   *
   * @param objects finds the objects that the session knows
   * @throws SoapFault {@code ManagedObjectNotFound} if a start object does not exist
   */
  static List<Selected> select(
      FilterSpec filter, Scope scope, Function<MoRef, Optional<ManagedObject>> objects)
      throws SoapFault {
    for (FilterSpec.ObjectSpec start : filter.objects()) {
      if (objects.apply(start.object()).isEmpty()) {
        throw SoapFault.notFound(start.object());
      }
    }
    return selectExisting(filter, scope, objects);
  }

  /** As {@link #select}, but ignores start objects that do not exist. */
  static List<Selected> selectExisting(
      FilterSpec filter, Scope scope, Function<MoRef, Optional<ManagedObject>> objects) {
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
    MoRef ref = object.ref();
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
        if (value instanceof MoRef ref) {
          reach(ref, spec);
        } else if (value instanceof Value.Many many) {
          for (Value element : many.elements()) {
            if (element instanceof MoRef ref) {
              reach(ref, spec);
            }
          }
        }
      }
    }
  }

  private void reach(MoRef ref, FilterSpec.TraversalSpec spec) {
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
