package io.vminventory.testkit.vcenter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Managed entity: a node of the inventory tree. Guarded by the lock of the {@link Inventory};
 * compared by identity.
 */
abstract class ManagedEntity implements ManagedObject {

  private final MoRef ref;
  private final Set<ManagedEntity> children = new LinkedHashSet<>();
  private String name;
  private @Nullable ManagedEntity parent;
  private long revision;

  ManagedEntity(MoRef ref, String name) {
    this.ref = ref;
    this.name = name;
  }

  /** A property that not every entity has. */
  abstract @Nullable Value ownProperty(String property, Scope scope);

  /** The entities below it, as a recursive container view finds them. */
  Collection<? extends ManagedEntity> contents() {
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
  public final MoRef ref() {
    return ref;
  }

  final String name() {
    return name;
  }

  final @Nullable ManagedEntity parent() {
    return parent;
  }

  final Set<ManagedEntity> children() {
    return children;
  }

  /** Its parent among folders and vApps: mostly its parent, {@code null} for the root. */
  @Nullable ManagedEntity container() {
    return parent;
  }

  /** The inventory path of escaped names, such as {@code /DC0/vm/web}; empty for the root. */
  final String path() {
    ManagedEntity container = container();
    return container == null ? "" : container.path() + "/" + escaped(name);
  }

  /** The revision of the last change of its properties. */
  final long revision() {
    return revision;
  }

  final void rename(String newName) {
    name = newName;
  }

  final void touch(long newRevision) {
    revision = newRevision;
  }

  /** Moves it below another entity, or out of the tree. */
  final void moveTo(@Nullable ManagedEntity newParent) {
    if (parent != null) {
      parent.children.remove(this);
    }
    parent = newParent;
    if (newParent != null) {
      newParent.children.add(this);
    }
  }

  /** All children of one kind. */
  final <T extends ManagedEntity> List<T> children(Class<T> kind) {
    return children.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
