package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Container view: a live list of entities below one. Belongs to a session.
 *
 * @param types the types of the entities, all if empty
 * @param recursive whether it includes all levels
 */
record ContainerView(MoRef ref, ManagedEntity container, List<String> types, boolean recursive)
    implements ManagedObject {

  @Override
  public @Nullable Value property(String name, Scope scope) {
    return switch (name) {
      case "container" -> container.ref();
      case "type" -> types.isEmpty() ? null : Value.texts(types);
      case "recursive" -> Value.flag(recursive);
      case "view" -> Value.refs(view(scope));
      default -> null;
    };
  }

  private List<MoRef> view(Scope scope) {
    Set<ManagedEntity> found = new LinkedHashSet<>();
    if (recursive) {
      collect(container, scope, found);
    } else {
      container.contents().stream().filter(scope::sees).forEach(found::add);
    }
    List<MoRef> refs = new ArrayList<>();
    for (ManagedEntity entity : found) {
      MoRef ref = entity.ref();
      if (types.isEmpty() || types.stream().anyMatch(type -> Schema.isA(ref.kind(), type))) {
        refs.add(ref);
      }
    }
    return refs;
  }

  private static void collect(ManagedEntity parent, Scope scope, Set<ManagedEntity> found) {
    for (ManagedEntity entity : parent.contents()) {
      if (scope.sees(entity) && found.add(entity)) {
        collect(entity, scope, found);
      }
    }
  }
}
