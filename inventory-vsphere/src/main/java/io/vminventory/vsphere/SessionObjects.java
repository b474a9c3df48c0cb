package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import java.io.IOException;

/**
 * Objects on the server by which a session reads. They end with the session.
 *
 * @param instanceUuid the vCenter's own
 * @param serverVersion the product name and version of the vCenter
 * @param rootFolder the root of all folders
 * @param collector a property collector of this session alone, so that others cannot disturb its
 *     reads or take its updates
 * @param entitiesView a container view of the folders, data centers, clusters, hosts and vApps that
 *     the account sees
 * @param machinesView a container view of the machines that it sees
 */
record SessionObjects(
    String instanceUuid,
    String serverVersion,
    ManagedObjectReference rootFolder,
    ManagedObjectReference collector,
    ManagedObjectReference entitiesView,
    ManagedObjectReference machinesView) {

  /** Creates them on the server; the session must be logged in. */
  static SessionObjects create(VimClient vim, Vcenter vcenter, String instanceUuid)
      throws IOException, InterruptedException {
    ManagedObjectReference root = vcenter.rootFolder();
    return new SessionObjects(
        instanceUuid,
        vcenter.version(),
        root,
        vim.createPropertyCollector(vcenter.propertyCollector()),
        vim.createContainerView(vcenter.viewManager(), root, Selections.entityTypes()),
        vim.createContainerView(vcenter.viewManager(), root, Selections.machineTypes()));
  }
}
