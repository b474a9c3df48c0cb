package io.vminventory.k8s.sink;

import io.vminventory.api.Change;
import io.vminventory.api.Inventory;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Keys of the machines that the next plan for a tenant's records in one namespace has to compare:
 * the machine or its record has changed since the last plan, or the record was not up to date then.
 * All other records were found up to date and have not changed since, so the time of a plan depends
 * on the number of changes, not of machines.
 *
 * <p>Follows the inventories made from one complete read. The next complete read gets new dirty
 * keys, so everything is compared again. A key stays dirty until its record was found up to date: a
 * plan that fails halfway loses nothing. Not thread-safe; the plans of one tenant follow each
 * other.
 */
final class DirtyKeys {

  private final String namespace;
  private final Set<String> keys = new LinkedHashSet<>();
  private Inventory inventory;

  /**
   * Starts with all machines dirty.
   *
   * @param namespace where the records are
   */
  DirtyKeys(String namespace, Inventory inventory) {
    this.namespace = namespace;
    this.inventory = inventory;
    markAllDirty();
  }

  /** Whether the inventory is in the same namespace and was made from the same complete read. */
  boolean canAdvanceTo(String target, Inventory next) {
    return namespace.equals(target) && inventory.hasOriginOf(next);
  }

  /** Makes this the inventory of the next plan, and what has changed in it dirty. */
  void advanceTo(Inventory next) {
    for (Change change : next.changesSince(inventory)) {
      keys.add(change.id().value());
    }
    inventory = next;
  }

  void markAllDirty() {
    inventory.machines().forEach(machine -> keys.add(machine.id().value()));
  }

  void markDirty(Collection<String> others) {
    keys.addAll(others);
  }

  /** The machine's record is up to date, or the machine is gone and so is its record. */
  void markClean(String key) {
    keys.remove(key);
  }

  /** A copy of the dirty keys. */
  List<String> keys() {
    return List.copyOf(keys);
  }

  /** Namespace of the records. */
  String namespace() {
    return namespace;
  }

  /** Inventory of the next plan. */
  Inventory inventory() {
    return inventory;
  }

  /** The machine of that key, if there is one. */
  Optional<VirtualMachine> machine(String key) {
    return VirtualMachineId.parse(key).flatMap(inventory::find);
  }
}
