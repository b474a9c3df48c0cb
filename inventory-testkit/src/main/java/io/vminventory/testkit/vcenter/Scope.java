package io.vminventory.testkit.vcenter;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Visible part of the inventory for an account, at one revision. Valid while the lock of the
 * inventory is held.
 */
final class Scope {

  /** The whole inventory. */
  static final Scope ALL = new Scope(Visibility.everything(), null);

  private final Visibility visibility;
  private final @Nullable Set<ManagedEntity> seen;

  private Scope(Visibility visibility, @Nullable Set<ManagedEntity> seen) {
    this.visibility = visibility;
    this.seen = seen;
  }

  /** Evaluates a visibility. */
  static Scope of(Visibility visibility, Inventory inventory) {
    if (visibility.isEverything()) {
      return new Scope(visibility, null);
    }
    Set<ManagedEntity> seen = new HashSet<>();
    seen.add(inventory.root());
    for (Machine machine : inventory.machines()) {
      if (visibility.showsMachine(machine.ref().id(), machine.model())
          || (visibility.hasFolder() && visibility.showsFolder(parentPath(machine)))) {
        addWithAncestors(machine, seen);
        if (visibility.showsHosts()) {
          machine.host().ifPresent(host -> addWithAncestors(host, seen));
          machine.pool().ifPresent(pool -> addWithAncestors(pool, seen));
        }
      }
    }
    for (ManagedEntity folder : inventory.folders()) {
      if (visibility.showsFolder(folder.path())) {
        addWithAncestors(folder, seen);
      }
    }
    return new Scope(visibility, seen);
  }

  private static String parentPath(Machine machine) {
    ManagedEntity container = machine.container();
    return container == null ? "" : container.path();
  }

  private static void addWithAncestors(ManagedEntity entity, Set<ManagedEntity> seen) {
    ManagedEntity next = entity;
    while (next != null && seen.add(next)) {
      if (next instanceof Datacenter datacenter) {
        seen.addAll(datacenter.children());
      }
      next = next.container();
    }
  }

  Visibility visibility() {
    return visibility;
  }

  /** Whether a change may affect what is visible in this scope. */
  boolean isAffectedBy(Change change) {
    return change.machine().isEmpty()
        || sees(change.machine().get())
        || shows(change.machine().get(), change.folder());
  }

  /** Whether this scope is still valid after a change. */
  boolean isUnchangedBy(Change change) {
    if (seen == null) {
      return true;
    }
    if (change.machine().isEmpty()) {
      return false;
    }
    Machine machine = change.machine().get();
    boolean saw = sees(machine);
    return saw == shows(machine, change.folder()) && !(saw && change.moved());
  }

  private boolean shows(Machine machine, String folder) {
    return visibility.showsMachine(machine.ref().id(), machine.model())
        || visibility.showsFolder(folder);
  }

  boolean sees(ManagedEntity entity) {
    return seen == null || seen.contains(entity);
  }

  /** Whether a property is readable. */
  boolean reads(ManagedObject object, String path) {
    if (!(object instanceof ManagedEntity entity)) {
      return true;
    }
    return sees(entity) && (!(entity instanceof Machine) || visibility.reads(path));
  }

  /** References to the visible entities. */
  Value refs(Collection<? extends ManagedEntity> entities) {
    List<MoRef> refs = entities.stream().filter(this::sees).map(ManagedEntity::ref).toList();
    return Value.refs(refs);
  }
}
