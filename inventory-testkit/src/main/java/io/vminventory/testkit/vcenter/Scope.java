package io.vminventory.testkit.vcenter;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an account sees of the inventory at one revision of it. Valid for as long as the lock of the
 * inventory is held.
 */
final class Scope {

  /** All that there is. */
  static final Scope ALL = new Scope(Visibility.everything(), null);

  private final Visibility visibility;
  private final @Nullable Set<Entity> seen;

  private Scope(Visibility visibility, @Nullable Set<Entity> seen) {
    this.visibility = visibility;
    this.seen = seen;
  }

  /** Works out what is visible. */
  static Scope of(Visibility visibility, Inventory inventory) {
    if (visibility.isEverything()) {
      return new Scope(visibility, null);
    }
    Set<Entity> seen = new HashSet<>();
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
    for (Entity folder : inventory.folders()) {
      if (visibility.showsFolder(folder.path())) {
        addWithAncestors(folder, seen);
      }
    }
    return new Scope(visibility, seen);
  }

  private static String parentPath(Machine machine) {
    Entity container = machine.container();
    return container == null ? "" : container.path();
  }

  private static void addWithAncestors(Entity entity, Set<Entity> seen) {
    Entity next = entity;
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

  /** Whether somebody with this view may have to look again after a change. */
  boolean isConcernedBy(Change change) {
    return change.machine().isEmpty()
        || sees(change.machine().get())
        || shows(change.machine().get(), change.folder());
  }

  /** Whether the view itself is still the same after a change. */
  boolean survives(Change change) {
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

  boolean sees(Entity entity) {
    return seen == null || seen.contains(entity);
  }

  /** Whether a property of an object may be read. */
  boolean reads(ManagedObject object, String path) {
    if (!(object instanceof Entity entity)) {
      return true;
    }
    return sees(entity) && (!(entity instanceof Machine) || visibility.reads(path));
  }

  /** References to those that are visible. */
  Value refs(Collection<? extends Entity> entities) {
    List<Ref> refs = entities.stream().filter(this::sees).map(Entity::ref).toList();
    return Value.refs(refs);
  }
}
