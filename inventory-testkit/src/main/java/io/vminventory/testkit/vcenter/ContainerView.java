package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list of the entities below one, always up to date. It belongs to a session.
 *
 * @param types which of them, all if empty
 * @param recursive whether it looks further than one level
 */
record ContainerView(Ref ref, Entity container, List<String> types, boolean recursive)
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

  private List<Ref> view(Scope scope) {
    Set<Entity> found = new LinkedHashSet<>();
    if (recursive) {
      collect(container, scope, found);
    } else {
      container.contents().stream().filter(scope::sees).forEach(found::add);
    }
    List<Ref> refs = new ArrayList<>();
    for (Entity entity : found) {
      Ref ref = entity.ref();
      if (types.isEmpty() || types.stream().anyMatch(type -> Schema.isA(ref.kind(), type))) {
        refs.add(ref);
      }
    }
    return refs;
  }

  private static void collect(Entity parent, Scope scope, Set<Entity> found) {
    for (Entity entity : parent.contents()) {
      if (scope.sees(entity) && found.add(entity)) {
        collect(entity, scope, found);
      }
    }
  }
}
