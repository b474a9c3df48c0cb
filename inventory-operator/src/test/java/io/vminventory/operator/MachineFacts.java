package io.vminventory.operator;

import io.vminventory.k8s.VmStatus;
import io.vminventory.testkit.changes.ExpectedMachine;
import io.vminventory.testkit.changes.PlatformActions.Action;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Facts of a machine that a scripted world sets and a record contains. Facts it does not set are
 * empty.
 *
 * @param memoryMB in MiB
 */
record MachineFacts(
    String vmname,
    String powerState,
    int numCpu,
    int memoryMB,
    List<String> ips,
    String host,
    String folder,
    boolean template) {

  MachineFacts {
    ips = List.copyOf(ips);
  }

  /**
   * The facts of a machine.
   *
   * @param parent the path of the folder that the world's folders are in
   */
  static MachineFacts of(ExpectedMachine machine, String parent) {
    return new MachineFacts(
        machine.name(),
        machine.poweredOn() ? "poweredOn" : "poweredOff",
        machine.cpus(),
        machine.memoryMB(),
        machine.poweredOn() ? machine.ips() : List.of(),
        machine.host(),
        parent + "/" + machine.folder(),
        false);
  }

  /** The recorded facts of those that such a world sets. */
  static MachineFacts of(VmStatus status, Set<Action> set) {
    return new MachineFacts(
        Objects.requireNonNullElse(status.vmname(), ""),
        Objects.requireNonNullElse(status.powerState(), ""),
        Objects.requireNonNullElse(status.numCpu(), 0),
        Objects.requireNonNullElse(status.memoryMB(), 0),
        set.contains(Action.SET_IPS) ? status.ips() : List.of(),
        set.contains(Action.MOVE_TO_HOST) ? Objects.requireNonNullElse(status.host(), "") : "",
        Objects.requireNonNullElse(status.folder(), ""),
        Boolean.TRUE.equals(status.template()));
  }

  /** The same facts without the host, which may be renamed. */
  MachineFacts withoutHost() {
    return new MachineFacts(vmname, powerState, numCpu, memoryMB, ips, "", folder, template);
  }
}
