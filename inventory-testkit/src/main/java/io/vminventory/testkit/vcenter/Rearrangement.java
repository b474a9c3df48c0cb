package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Renames and moves what machines are in. The models of the machines follow, so that a later change
 * of one leaves it where it is. Every method locks the inventory by itself, and throws {@link
 * IllegalArgumentException} without a change if there is no such thing, or the new name is taken.
 */
final class Rearrangement {

  private final Inventory inventory;

  Rearrangement(Inventory inventory) {
    this.inventory = inventory;
  }

  void renameFolder(String path, String newName) {
    inventory.write(() -> rename(folder(path), newName));
  }

  void renameDatacenter(String path, String newName) {
    inventory.write(() -> rename(find(path, Datacenter.class), newName));
  }

  void moveFolder(String path, String newParentPath) {
    inventory.write(
        () -> {
          Folder folder = folder(path);
          Folder target = find(newParentPath, Folder.class);
          if (target.childTypes() != folder.childTypes()
              || !datacenter(target).equals(datacenter(folder))) {
            throw new IllegalArgumentException(path + " cannot be moved to " + newParentPath);
          }
          for (Entity above = target; above != null; above = above.parent()) {
            if (above == folder) {
              throw new IllegalArgumentException(newParentPath + " is in " + path);
            }
          }
          checkFree(target, folder.name());
          Optional.ofNullable(folder.parent()).ifPresent(this::touch);
          folder.moveTo(target);
          touch(target);
          machinesBelow(folder).forEach(machine -> machine.placed(inventory.revision()));
          return settled(folder);
        });
  }

  void renameHost(String name, String newName) {
    inventory.write(
        () -> {
          HostSystem host = inventory.layout().renameHost(name, newName);
          host.rename(newName);
          touch(host);
          if (host.parent() instanceof ComputeResource wrapper && wrapper.name().equals(name)) {
            wrapper.rename(newName);
            touch(wrapper);
          }
          for (Machine machine : host.machines()) {
            if (machine.model().host().equals(name)) {
              machine.model(machine.model().host(newName));
            }
          }
          return host;
        });
  }

  void renameCluster(String name, String newName) {
    inventory.write(
        () -> {
          List<ComputeResource> found =
              inventory.folders().stream()
                  .flatMap(folder -> folder.children(ComputeResource.class).stream())
                  .filter(compute -> compute.ref().kind().equals("ClusterComputeResource"))
                  .filter(compute -> compute.name().equals(name))
                  .toList();
          if (found.size() != 1) {
            throw new IllegalArgumentException(found.size() + " clusters have the name " + name);
          }
          return rename(found.get(0), newName);
        });
  }

  private Entity rename(Entity entity, String newName) {
    if (newName.isEmpty()) {
      throw new IllegalArgumentException("an empty name");
    }
    if (!newName.equals(entity.name()) && entity.parent() != null) {
      checkFree(entity.parent(), newName);
    }
    entity.rename(newName);
    return settled(entity);
  }

  private static void checkFree(Entity parent, String name) {
    if (parent.children().stream()
        .anyMatch(child -> !(child instanceof Machine) && child.name().equals(name))) {
      throw new IllegalArgumentException(parent.path() + " has a " + name + " already");
    }
  }

  private Entity settled(Entity entity) {
    touch(entity);
    inventory.layout().forgetPaths();
    for (Machine machine : machinesBelow(entity)) {
      if (!machine.model().folder().isEmpty() && machine.parent() != null) {
        machine.model(machine.model().folder(machine.parent().path()));
      }
    }
    return entity;
  }

  private void touch(Entity entity) {
    entity.touch(inventory.revision());
  }

  private static List<Machine> machinesBelow(Entity entity) {
    List<Machine> found = new ArrayList<>();
    for (Entity child : entity.children()) {
      if (child instanceof Machine machine) {
        found.add(machine);
      } else {
        found.addAll(machinesBelow(child));
      }
    }
    return found;
  }

  /** A folder that people made: not the root, nor one of the four of a data center. */
  private Folder folder(String path) {
    Folder folder = find(path, Folder.class);
    if (folder.parent() == null || folder.parent() instanceof Datacenter) {
      throw new IllegalArgumentException(path + " stays as it is");
    }
    return folder;
  }

  private <E extends Entity> E find(String path, Class<E> kind) {
    Entity entity = inventory.root();
    for (String name : Layout.segments(path)) {
      Entity parent = entity;
      entity =
          parent.children().stream()
              .filter(child -> !(child instanceof Machine) && child.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("there is no " + path));
    }
    if (!kind.isInstance(entity)) {
      throw new IllegalArgumentException(path + " is no " + kind.getSimpleName());
    }
    return kind.cast(entity);
  }

  private static Optional<Datacenter> datacenter(Entity entity) {
    Entity above = entity;
    while (above != null && !(above instanceof Datacenter)) {
      above = above.parent();
    }
    return Optional.ofNullable((Datacenter) above);
  }
}
