package io.vminventory.testkit.vcenter;

import java.util.Optional;

/**
 * Change of the inventory, as far as it decides which waits to wake.
 *
 * @param revision the revision of the inventory after it
 * @param machine the only changed machine; empty if anything may have changed
 * @param moved whether the machine was added, removed or moved
 * @param folder the path of the machine's folder or vApp, empty for none
 */
record Change(long revision, Optional<Machine> machine, boolean moved, String folder) {

  static Change unspecific(long revision) {
    return new Change(revision, Optional.empty(), true, "");
  }

  /** Called under the lock of the inventory, after the change. */
  static Change of(long revision, Machine machine, boolean moved) {
    ManagedEntity container = machine.container();
    String folder = container == null ? "" : container.path();
    return new Change(revision, Optional.of(machine), moved, folder);
  }
}
