package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Renames and moves of folders, hosts, clusters and data centers. Machine states follow, so that a
 * later change of a machine leaves it in place. Every method takes the lock of the inventory and
 * throws {@link IllegalArgumentException} without a change if the object does not exist or the new
 * name is taken.
 */
final class InventoryEditor {

  private final Inventory inventory;

  InventoryEditor(Inventory inventory) {
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
          for (ManagedEntity above = target; above != null; above = above.parent()) {
            if (above == folder) {
              throw new IllegalArgumentException(newParentPath + " is in " + path);
            }
          }
          checkFree(target, folder.name());
          Optional.ofNullable(folder.parent()).ifPresent(this::touch);
          folder.moveTo(target);
          touch(target);
          machinesBelow(folder).forEach(machine -> machine.movedAt(inventory.revision()));
          return touchWithMachines(folder);
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

  private ManagedEntity rename(ManagedEntity entity, String newName) {
    if (newName.isEmpty()) {
      throw new IllegalArgumentException("the new name is empty");
    }
    if (!newName.equals(entity.name()) && entity.parent() != null) {
      checkFree(entity.parent(), newName);
    }
    entity.rename(newName);
    return touchWithMachines(entity);
  }

  private static void checkFree(ManagedEntity parent, String name) {
    if (parent.children().stream()
        .anyMatch(child -> !(child instanceof Machine) && child.name().equals(name))) {
      throw new IllegalArgumentException(parent.path() + " has a " + name + " already");
    }
  }

  private ManagedEntity touchWithMachines(ManagedEntity entity) {
    touch(entity);
    inventory.layout().invalidatePaths();
    for (Machine machine : machinesBelow(entity)) {
      if (!machine.model().folder().isEmpty() && machine.parent() != null) {
        machine.model(machine.model().folder(machine.parent().path()));
      }
    }
    return entity;
  }

  private void touch(ManagedEntity entity) {
    entity.touch(inventory.revision());
  }

  private static List<Machine> machinesBelow(ManagedEntity entity) {
    List<Machine> found = new ArrayList<>();
    for (ManagedEntity child : entity.children()) {
      if (child instanceof Machine machine) {
        found.add(machine);
      } else {
        found.addAll(machinesBelow(child));
      }
    }
    return found;
  }

  /** A folder that can be renamed: not the root, nor a fixed folder of a data center. */
  private Folder folder(String path) {
    Folder folder = find(path, Folder.class);
    if (folder.parent() == null || folder.parent() instanceof Datacenter) {
      throw new IllegalArgumentException(path + " cannot be renamed or moved");
    }
    return folder;
  }

  private <E extends ManagedEntity> E find(String path, Class<E> kind) {
    ManagedEntity entity = inventory.root();
    for (String name : Layout.segments(path)) {
      ManagedEntity parent = entity;
      entity =
          parent.children().stream()
              .filter(child -> !(child instanceof Machine) && child.name().equals(name))
              .findFirst()
              .orElseThrow(() -> new IllegalArgumentException("there is no entity at " + path));
    }
    if (!kind.isInstance(entity)) {
      throw new IllegalArgumentException(path + " is not a " + kind.getSimpleName());
    }
    return kind.cast(entity);
  }

  private static Optional<Datacenter> datacenter(ManagedEntity entity) {
    ManagedEntity above = entity;
    while (above != null && !(above instanceof Datacenter)) {
      above = above.parent();
    }
    return Optional.ofNullable((Datacenter) above);
  }
}
