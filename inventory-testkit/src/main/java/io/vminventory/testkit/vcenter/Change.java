package io.vminventory.testkit.vcenter;

import java.util.Optional;

/**
 * A change of the inventory, as far as it tells who has to look again.
 *
 * @param revision that the inventory got by it
 * @param machine the only thing that was changed, with its place in the tree; none if it may have
 *     been anything
 * @param moved whether the machine came, went or moved
 * @param folder the path of the folder or vApp that the machine is in now, empty for none
 */
record Change(long revision, Optional<Machine> machine, boolean moved, String folder) {

  static Change ofAnything(long revision) {
    return new Change(revision, Optional.empty(), true, "");
  }

  /** To be made under the lock of the inventory, after the change. */
  static Change of(long revision, Machine machine, boolean moved) {
    Entity container = machine.container();
    String folder = container == null ? "" : container.path();
    return new Change(revision, Optional.of(machine), moved, folder);
  }
}
