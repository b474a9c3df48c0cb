package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import java.io.IOException;

/**
 * What a session reads with, and of whom. All of it goes away with the session.
 *
 * @param instanceUuid the vCenter's own
 * @param serverVersion what the vCenter calls itself
 * @param rootFolder where all places begin
 * @param collector a property collector of this session alone: others cannot disturb its reads, nor
 *     take its updates
 * @param placesView a view of all places that the account sees
 * @param machinesView a view of all machines that it sees
 */
record SessionObjects(
    String instanceUuid,
    String serverVersion,
    ManagedObjectReference rootFolder,
    ManagedObjectReference collector,
    ManagedObjectReference placesView,
    ManagedObjectReference machinesView) {

  /** Makes them on the server; the session must be logged in. */
  static SessionObjects create(VimClient vim, Vcenter vcenter, String instanceUuid)
      throws IOException, InterruptedException {
    ManagedObjectReference root = vcenter.rootFolder();
    return new SessionObjects(
        instanceUuid,
        vcenter.version(),
        root,
        vim.createPropertyCollector(vcenter.propertyCollector()),
        vim.createContainerView(vcenter.viewManager(), root, Selections.placeTypes()),
        vim.createContainerView(vcenter.viewManager(), root, Selections.machineTypes()));
  }
}
