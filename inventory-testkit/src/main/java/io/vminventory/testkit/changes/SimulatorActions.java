package io.vminventory.testkit.changes;

import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Actions on a simulated vCenter, which supports all of them. */
public final class SimulatorActions implements PlatformActions {

  private final VcenterSimulator vcenter;
  private final String parent;

  /**
   * @param parent the path of the folder in which folders are created, such as {@code /DC0/vm}
   */
  public SimulatorActions(VcenterSimulator vcenter, String parent) {
    this.vcenter = vcenter;
    this.parent = parent;
  }

  @Override
  public Set<Action> supported() {
    return EnumSet.allOf(Action.class);
  }

  private String path(String folder) {
    return parent + "/" + folder;
  }

  @Override
  public String add(ExpectedMachine machine) {
    return vcenter.add(
        SimulatedMachine.named(machine.name())
            .cpus(machine.cpus())
            .memoryMB(machine.memoryMB())
            .folder(path(machine.folder()))
            .host(machine.host()));
  }

  @Override
  public void remove(String id) {
    vcenter.remove(id);
  }

  @Override
  public void power(String id, boolean on) {
    if (on) {
      vcenter.powerOn(id);
    } else {
      vcenter.powerOff(id);
    }
  }

  @Override
  public void reconfigure(String id, int cpus, int memoryMB) {
    vcenter.reconfigure(id, cpus, memoryMB);
  }

  @Override
  public void rename(String id, String name) {
    vcenter.rename(id, name);
  }

  @Override
  public void addFolder(String name) {
    vcenter.addFolder(path(name));
  }

  @Override
  public void moveToFolder(String id, String folder) {
    vcenter.moveToFolder(id, path(folder));
  }

  @Override
  public void renameFolder(String name, String newName) {
    vcenter.renameFolder(path(name), newName);
  }

  @Override
  public List<String> hosts() {
    return vcenter.hosts();
  }

  @Override
  public void moveToHost(String id, String host) {
    vcenter.moveToHost(id, host);
  }

  @Override
  public void renameHost(String name, String newName) {
    vcenter.renameHost(name, newName);
  }

  @Override
  public void setIps(String id, List<String> ips) {
    vcenter.setIps(id, ips);
  }
}
