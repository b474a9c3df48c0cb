package io.vminventory.testkit.world;

import java.util.List;

/**
 * What is true of a machine. Immutable.
 *
 * @param memoryMB in MiB
 * @param ips the addresses that its guest has, which show while it is on
 * @param folder the name of its folder, empty if the platform has none
 * @param host the name of its host, empty if the world does not choose it
 */
public record WorldMachine(
    String name,
    boolean poweredOn,
    int cpus,
    int memoryMB,
    List<String> ips,
    String folder,
    String host) {

  public WorldMachine {
    ips = List.copyOf(ips);
  }

  WorldMachine named(String value) {
    return new WorldMachine(value, poweredOn, cpus, memoryMB, ips, folder, host);
  }

  WorldMachine powered(boolean on) {
    return new WorldMachine(name, on, cpus, memoryMB, ips, folder, host);
  }

  WorldMachine sized(int newCpus, int newMemoryMB) {
    return new WorldMachine(name, poweredOn, newCpus, newMemoryMB, ips, folder, host);
  }

  WorldMachine withIps(List<String> value) {
    return new WorldMachine(name, poweredOn, cpus, memoryMB, value, folder, host);
  }

  WorldMachine in(String newFolder) {
    return new WorldMachine(name, poweredOn, cpus, memoryMB, ips, newFolder, host);
  }

  WorldMachine on(String newHost) {
    return new WorldMachine(name, poweredOn, cpus, memoryMB, ips, folder, newHost);
  }
}
