package io.vminventory.testkit.changes;

import io.vminventory.testkit.vcenter.VcenterAdmin;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Actions on an external vCenter, by an administrator. Machines are clones of an existing one, in a
 * new folder beside it, which is left behind. Hosts and addresses are not changed.
 */
public final class VcenterAdminActions implements PlatformActions {

  /**
   * vcsim notices a change of the hardware only when it polls, and must have seen the machine
   * before the change.
   */
  private static final Duration HARDWARE_POLL_INTERVAL = Duration.ofMillis(500);

  private final VcenterAdmin admin;
  private final String source;
  private final String name = "random-changes-" + UUID.randomUUID();
  private final String parent;
  private final Map<String, String> folders = new HashMap<>();

  /**
   * @param source the managed object id of the machine to clone
   */
  public VcenterAdminActions(VcenterAdmin admin, String source) {
    this.admin = admin;
    this.source = source;
    this.parent = admin.createFolder(admin.folderOf(source), name);
  }

  /** The name of the folder in which folders are created. */
  public String folder() {
    return name;
  }

  @Override
  public Set<Action> supported() {
    return EnumSet.of(
        Action.POWER,
        Action.RECONFIGURE,
        Action.RENAME,
        Action.MOVE_TO_FOLDER,
        Action.RENAME_FOLDER);
  }

  private String folder(String name) {
    String id = folders.get(name);
    if (id == null) {
      throw new IllegalArgumentException("there is no folder " + name);
    }
    return id;
  }

  @Override
  public String add(ExpectedMachine machine) {
    String id = admin.cloneMachine(source, machine.name(), folder(machine.folder()));
    LockSupport.parkNanos(HARDWARE_POLL_INTERVAL.toNanos());
    admin.reconfigure(id, machine.cpus(), machine.memoryMB());
    return id;
  }

  @Override
  public void remove(String id) {
    admin.destroy(id);
  }

  @Override
  public void power(String id, boolean on) {
    if (on) {
      admin.powerOn(id);
    } else {
      admin.powerOff(id);
    }
  }

  @Override
  public void reconfigure(String id, int cpus, int memoryMB) {
    admin.reconfigure(id, cpus, memoryMB);
  }

  @Override
  public void rename(String id, String name) {
    admin.rename(id, name);
  }

  @Override
  public void addFolder(String name) {
    folders.put(name, admin.createFolder(parent, name));
  }

  @Override
  public void moveToFolder(String id, String folder) {
    admin.moveIntoFolder(id, folder(folder));
  }

  @Override
  public void renameFolder(String name, String newName) {
    String id = folder(name);
    admin.renameFolder(id, newName);
    folders.remove(name);
    folders.put(newName, id);
  }
}
