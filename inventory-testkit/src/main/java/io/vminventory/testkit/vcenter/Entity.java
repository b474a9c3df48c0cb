package io.vminventory.testkit.vcenter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node of the inventory tree. Guarded by the lock of the {@link Inventory}; two entities are
 * equal only if they are the same.
 */
abstract class Entity implements ManagedObject {

  private final Ref ref;
  private final Set<Entity> children = new LinkedHashSet<>();
  private String name;
  private @Nullable Entity parent;
  private long revision;

  Entity(Ref ref, String name) {
    this.ref = ref;
    this.name = name;
  }

  /** A property that not every entity has. */
  abstract @Nullable Value ownProperty(String property, Scope scope);

  /** Those below it, as a recursive container view finds them. */
  Collection<? extends Entity> contents() {
    return children;
  }

  @Override
  public final @Nullable Value property(String property, Scope scope) {
    return switch (property) {
      case "name" -> Value.text(escaped(name));
      case "parent" -> parent == null ? null : parent.ref;
      case "overallStatus", "configStatus" -> Value.constant("ManagedEntityStatus", "green");
      default -> ownProperty(property, scope);
    };
  }

  /** As vCenter stores names. */
  private static String escaped(String name) {
    return name.replace("%", "%25").replace("/", "%2f").replace("\\", "%5c");
  }

  @Override
  public final Ref ref() {
    return ref;
  }

  final String name() {
    return name;
  }

  final @Nullable Entity parent() {
    return parent;
  }

  final Set<Entity> children() {
    return children;
  }

  /** Where it is among folders and vApps: mostly its parent, {@code null} for the root. */
  @Nullable Entity container() {
    return parent;
  }

  /** The inventory path from below the root, such as {@code /DC0/vm/web}; of escaped names. */
  final String path() {
    Entity container = container();
    return container == null ? "" : container.path() + "/" + escaped(name);
  }

  /** The revision of the inventory in which any property of it last changed. */
  final long revision() {
    return revision;
  }

  final void rename(String newName) {
    name = newName;
  }

  final void touch(long newRevision) {
    revision = newRevision;
  }

  /** Puts it below another entity, or nowhere. */
  final void moveTo(@Nullable Entity newParent) {
    if (parent != null) {
      parent.children.remove(this);
    }
    parent = newParent;
    if (newParent != null) {
      newParent.children.add(this);
    }
  }

  /** All children of one kind. */
  final <T extends Entity> List<T> children(Class<T> kind) {
    return children.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
