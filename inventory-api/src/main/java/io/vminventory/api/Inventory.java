package io.vminventory.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All machines that an account sees at one moment. Immutable. Two inventories are equal if they
 * hold the same machines of the same server, in any order.
 */
public final class Inventory {

  private final String serverVersion;
  private final Map<VirtualMachineId, VirtualMachine> machines;

  private Inventory(String serverVersion, Map<VirtualMachineId, VirtualMachine> machines) {
    this.serverVersion = serverVersion;
    this.machines = Collections.unmodifiableMap(machines);
  }

  /**
   * An inventory of these machines.
   *
   * @param serverVersion what the server calls itself, such as {@code VMware vCenter Server 8.0.2};
   *     empty if it does not say
   * @param machines at most one of each id
   * @throws IllegalArgumentException if two machines have the same id
   */
  public static Inventory of(String serverVersion, Collection<? extends VirtualMachine> machines) {
    Map<VirtualMachineId, VirtualMachine> byId = new LinkedHashMap<>();
    for (VirtualMachine machine : machines) {
      if (byId.put(machine.id(), machine) != null) {
        throw new IllegalArgumentException("two machines have the id " + machine.id());
      }
    }
    return new Inventory(serverVersion, byId);
  }

  /** What the server calls itself; empty if it does not say. */
  public String serverVersion() {
    return serverVersion;
  }

  /** The machines, in no particular order; not modifiable. */
  public Collection<VirtualMachine> machines() {
    return machines.values();
  }

  public Optional<VirtualMachine> find(VirtualMachineId id) {
    return Optional.ofNullable(machines.get(id));
  }

  public int size() {
    return machines.size();
  }

  /** This inventory after the changes. Removing a machine that is not there does nothing. */
  public Inventory with(List<Change> changes) {
    Map<VirtualMachineId, VirtualMachine> result = new LinkedHashMap<>(machines);
    for (Change change : changes) {
      if (change instanceof Change.Put put) {
        result.put(put.id(), put.machine());
      } else {
        result.remove(change.id());
      }
    }
    return new Inventory(serverVersion, result);
  }

  /**
   * What happened between an earlier inventory and this one, so that {@code
   * earlier.with(later.changesSince(earlier))} equals {@code later}.
   */
  public List<Change> changesSince(Inventory earlier) {
    List<Change> changes = new ArrayList<>();
    for (VirtualMachine machine : machines()) {
      if (!machine.equals(earlier.machines.get(machine.id()))) {
        changes.add(new Change.Put(machine));
      }
    }
    for (VirtualMachineId id : earlier.machines.keySet()) {
      if (!machines.containsKey(id)) {
        changes.add(new Change.Remove(id));
      }
    }
    return changes;
  }

  /** How many machines hide each fact from the account; facts that none hides are left out. */
  public Map<Fact, Long> unreadable() {
    return machines().stream()
        .flatMap(machine -> machine.unreadable().stream())
        .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Inventory that
        && serverVersion.equals(that.serverVersion)
        && machines.equals(that.machines);
  }

  @Override
  public int hashCode() {
    return Objects.hash(serverVersion, machines);
  }

  /** The size and the server: an inventory may hold thousands of machines. */
  @Override
  public String toString() {
    return machines.size() + " machines of " + (serverVersion.isEmpty() ? "?" : serverVersion);
  }
}
