package io.vminventory.testkit.changes;

import java.util.List;

/**
 * Expected state of a machine. Immutable.
 *
 * @param memoryMB in MiB
 * @param ips the addresses of its guest, visible while it is powered on
 * @param folder the name of its folder, empty if the platform has no folders
 * @param host the name of its host, empty if the platform chooses it
 */
public record ExpectedMachine(
    String name,
    boolean poweredOn,
    int cpus,
    int memoryMB,
    List<String> ips,
    String folder,
    String host) {

  public ExpectedMachine {
    ips = List.copyOf(ips);
  }

  ExpectedMachine named(String value) {
    return new ExpectedMachine(value, poweredOn, cpus, memoryMB, ips, folder, host);
  }

  ExpectedMachine powered(boolean on) {
    return new ExpectedMachine(name, on, cpus, memoryMB, ips, folder, host);
  }

  ExpectedMachine sized(int newCpus, int newMemoryMB) {
    return new ExpectedMachine(name, poweredOn, newCpus, newMemoryMB, ips, folder, host);
  }

  ExpectedMachine withIps(List<String> value) {
    return new ExpectedMachine(name, poweredOn, cpus, memoryMB, value, folder, host);
  }

  ExpectedMachine in(String newFolder) {
    return new ExpectedMachine(name, poweredOn, cpus, memoryMB, ips, newFolder, host);
  }

  ExpectedMachine on(String newHost) {
    return new ExpectedMachine(name, poweredOn, cpus, memoryMB, ips, folder, newHost);
  }
}
