package io.vminventory.api;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All machines that an account sees at one moment. Immutable. Two inventories are equal if they
 * hold the same machines of the same server, in any order.
 */
public final class Inventory {

  private final String serverVersion;
  private final MachineTable machines;
  private final Map<Fact, Long> unreadable;

  /** The same object for all inventories derived from one another. */
  private final Object origin;

  private Inventory(
      String serverVersion, MachineTable machines, Map<Fact, Long> unreadable, Object origin) {
    this.serverVersion = serverVersion;
    this.machines = machines;
    this.unreadable = Collections.unmodifiableMap(unreadable);
    this.origin = origin;
  }

  /**
   * An inventory of these machines.
   *
   * @param serverVersion product and version of the server, such as {@code VMware vCenter Server
   *     8.0.2}; empty if it does not report them
   * @param machines at most one of each id
   * @throws IllegalArgumentException if two machines have the same id
   */
  public static Inventory of(String serverVersion, Collection<? extends VirtualMachine> machines) {
    Map<Fact, Long> unreadable = new TreeMap<>();
    machines.forEach(machine -> count(unreadable, machine, 1));
    return new Inventory(serverVersion, MachineTable.of(machines), unreadable, new Object());
  }

  private static void count(Map<Fact, Long> unreadable, VirtualMachine machine, long by) {
    for (Fact fact : machine.unreadable()) {
      unreadable.merge(fact, by, (before, more) -> before + more == 0 ? null : before + more);
    }
  }

  /** Product and version of the server; empty if it does not report them. */
  public String serverVersion() {
    return serverVersion;
  }

  /** The machines, in no particular order; not modifiable. */
  public Collection<VirtualMachine> machines() {
    return Collections.unmodifiableCollection(machines);
  }

  public Optional<VirtualMachine> find(VirtualMachineId id) {
    return Optional.ofNullable(machines.find(id));
  }

  public int size() {
    return machines.size();
  }

  /**
   * This inventory after the changes. Removing a machine that is not there does nothing. Few
   * changes take about the same time for any number of machines.
   */
  public Inventory with(List<Change> changes) {
    MachineTable after = machines.with(changes);
    Map<Fact, Long> counts = new TreeMap<>(unreadable);
    for (VirtualMachineId id : changes.stream().map(Change::id).collect(Collectors.toSet())) {
      find(id).ifPresent(machine -> count(counts, machine, -1));
      Optional.ofNullable(after.find(id)).ifPresent(machine -> count(counts, machine, 1));
    }
    return new Inventory(serverVersion, after, counts, origin);
  }

  /**
   * Changes between an earlier inventory and this one: {@code
   * earlier.with(later.changesSince(earlier))} has the machines of {@code later}. If one was
   * derived from the other by {@link #with} and few machines differ, that takes about the same time
   * for any number of machines.
   */
  public List<Change> changesSince(Inventory earlier) {
    return machines.changesSince(earlier.machines);
  }

  /** Whether one was derived from the other, or both from a third one, by {@link #with}. */
  public boolean hasOriginOf(Inventory other) {
    return origin == other.origin;
  }

  /** Number of machines by each fact that the account may not read; facts without are left out. */
  public Map<Fact, Long> unreadable() {
    return unreadable;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Inventory that
        && serverVersion.equals(that.serverVersion)
        && size() == that.size()
        && changesSince(that).isEmpty();
  }

  @Override
  public int hashCode() {
    return Objects.hash(serverVersion, machines.stream().mapToInt(VirtualMachine::hashCode).sum());
  }

  /** The size and the server: an inventory may hold thousands of machines. */
  @Override
  public String toString() {
    return machines.size() + " machines of " + (serverVersion.isEmpty() ? "?" : serverVersion);
  }
}
