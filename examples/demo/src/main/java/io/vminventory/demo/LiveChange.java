package io.vminventory.demo;

import io.vminventory.k8s.VmStatus;
import io.vminventory.testkit.vcenter.SimulatedMachine;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One change of a machine, and the state of its record after it.
 *
 * @param text the change, for a person
 * @param record the name of the record that changes
 * @param effect makes the change
 * @param followed whether the record, if it exists, has the change
 */
record LiveChange(
    String text,
    String record,
    Consumer<VcenterSimulator> effect,
    Predicate<Optional<VmStatus>> followed) {

  private static final String OLD = "nwcd-ike-clean";
  private static final String NEW = "nwcd-ike-b-w2";
  private static final String RENAMED = "nwcd-ike-b-w9";
  private static final String IP = "10.141.86.80";

  /** A round of changes. Afterwards everything is as before, so that it can be repeated. */
  static List<LiveChange> round() {
    return List.of(
        of(
            OLD + " is powered on",
            OLD,
            vcenter -> vcenter.powerOn(OLD),
            status -> "poweredOn".equals(status.powerState())),
        of(
            OLD + " gets the address " + IP,
            OLD,
            vcenter -> vcenter.setIps(OLD, List.of(IP)),
            status -> status.ips().equals(List.of(IP))),
        of(
            OLD + " gets 4 CPUs",
            OLD,
            vcenter -> vcenter.change(OLD, machine -> machine.cpus(4)),
            status -> Integer.valueOf(4).equals(status.numCpu())),
        of(
            OLD + " gets 16384 MB of memory",
            OLD,
            vcenter -> vcenter.change(OLD, machine -> machine.memoryMB(16384)),
            status -> Integer.valueOf(16384).equals(status.memoryMB())),
        of(
            NEW + " is created",
            NEW,
            vcenter -> vcenter.add(SimulatedMachine.named(NEW).folder("/nwcd/vm/ike").cpus(2)),
            status -> NEW.equals(status.vmname())),
        of(
            NEW + " is renamed to " + RENAMED + " (the record keeps its name: see -o wide)",
            NEW,
            vcenter -> vcenter.rename(NEW, RENAMED),
            status -> RENAMED.equals(status.vmname())),
        new LiveChange(
            RENAMED + " is removed",
            NEW,
            vcenter -> vcenter.remove(RENAMED),
            status -> status.isEmpty()),
        of(
            OLD + " is powered off, without the address, with 2 CPUs and 8192 MB again",
            OLD,
            vcenter ->
                vcenter.change(
                    OLD, machine -> machine.poweredOff().ips(List.of()).cpus(2).memoryMB(8192)),
            status ->
                "poweredOff".equals(status.powerState())
                    && Integer.valueOf(8192).equals(status.memoryMB())));
  }

  private static LiveChange of(
      String text, String record, Consumer<VcenterSimulator> effect, Predicate<VmStatus> followed) {
    return new LiveChange(text, record, effect, status -> status.filter(followed).isPresent());
  }
}
