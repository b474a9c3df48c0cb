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
 * What the next plan for a tenant's records in one namespace has to look at, by the keys of
 * machines: those that have changed since the plan before, those whose records have, and those that
 * were not right then. Of all others machine and record have been found to tell the same, and
 * neither has changed since; so a plan takes as long as there are changes, not machines.
 *
 * <p>Serves the inventories of one complete read and what was made from them: the next complete
 * read has an agenda of its own, and so everything is compared again. Nothing is taken off before
 * it was found right: a plan that fails halfway loses nothing. Not thread-safe; the plans of one
 * tenant follow each other.
 */
final class DirtyKeys {

  private final String namespace;
  private final Set<String> keys = new LinkedHashSet<>();
  private Inventory inventory;

  /**
   * An agenda with all machines on it.
   *
   * @param namespace where the records are
   */
  DirtyKeys(String namespace, Inventory inventory) {
    this.namespace = namespace;
    this.inventory = inventory;
    addAllMachines();
  }

  /** Whether this can be turned to the inventory. */
  boolean serves(String target, Inventory next) {
    return namespace.equals(target) && inventory.hasOriginOf(next);
  }

  /** The next plan is about that inventory. */
  void turnTo(Inventory next) {
    for (Change change : next.changesSince(inventory)) {
      keys.add(change.id().value());
    }
    inventory = next;
  }

  /** Of no machine it is known whether its record is right. */
  void addAllMachines() {
    inventory.machines().forEach(machine -> keys.add(machine.id().value()));
  }

  /** The records of these machines have changed, or are not known to be right. */
  void add(Collection<String> others) {
    keys.addAll(others);
  }

  /** The machine's record is right, or it has none and needs none. */
  void done(String key) {
    keys.remove(key);
  }

  /** What is on it now. */
  List<String> keys() {
    return List.copyOf(keys);
  }

  /** Where the records are. */
  String namespace() {
    return namespace;
  }

  /** The inventory that the plan is about. */
  Inventory inventory() {
    return inventory;
  }

  /** The machine of that key, if there is one. */
  Optional<VirtualMachine> machine(String key) {
    return VirtualMachineId.parse(key).flatMap(inventory::find);
  }
}
