package io.vminventory.api;

import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Immutable map of machines by id. The machines are spread over parts, and a table that is derived
 * from another one shares all parts in which nothing differs. So the cost of deriving and comparing
 * hardly depends on the number of machines.
 */
final class MachineTable extends AbstractCollection<VirtualMachine> {

  private static final int MACHINES_PER_PART = 32;

  /** How many times fuller parts may become before the table is rebuilt with more of them. */
  private static final int MAX_GROWTH = 8;

  /** Their number is a power of two; none is modified after construction. */
  private final List<Map<VirtualMachineId, VirtualMachine>> parts;

  private final int size;

  private MachineTable(List<Map<VirtualMachineId, VirtualMachine>> parts, int size) {
    this.parts = parts;
    this.size = size;
  }

  /**
   * A table of these machines.
   *
   * @throws IllegalArgumentException if two machines have the same id
   */
  static MachineTable of(Collection<? extends VirtualMachine> machines) {
    int count = Math.max(1, Integer.highestOneBit(machines.size() / MACHINES_PER_PART));
    List<Map<VirtualMachineId, VirtualMachine>> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(new HashMap<>());
    }
    for (VirtualMachine machine : machines) {
      if (parts.get(part(machine.id(), count)).put(machine.id(), machine) != null) {
        throw new IllegalArgumentException("two machines have the id " + machine.id());
      }
    }
    return new MachineTable(parts, machines.size());
  }

  /** The machine with that id; {@code null} if there is none. */
  @Nullable VirtualMachine find(VirtualMachineId id) {
    return parts.get(part(id, parts.size())).get(id);
  }

  /** This table after the changes. */
  MachineTable with(List<Change> changes) {
    List<Map<VirtualMachineId, VirtualMachine>> result = new ArrayList<>(parts);
    int count = size;
    for (Change change : changes) {
      int index = part(change.id(), parts.size());
      if (result.get(index) == parts.get(index)) {
        result.set(index, new HashMap<>(parts.get(index)));
      }
      Map<VirtualMachineId, VirtualMachine> part = result.get(index);
      count -= part.size();
      if (change instanceof Change.Put put) {
        part.put(put.id(), put.machine());
      } else {
        part.remove(change.id());
      }
      count += part.size();
    }
    MachineTable after = new MachineTable(result, count);
    return count > parts.size() * MACHINES_PER_PART * MAX_GROWTH ? of(after) : after;
  }

  /** Changes between an earlier table and this one. */
  List<Change> changesSince(MachineTable earlier) {
    List<Change> changes = new ArrayList<>();
    for (VirtualMachine machine : unshared(earlier)) {
      if (!machine.equals(earlier.find(machine.id()))) {
        changes.add(new Change.Put(machine));
      }
    }
    for (VirtualMachine machine : earlier.unshared(this)) {
      if (find(machine.id()) == null) {
        changes.add(new Change.Remove(machine.id()));
      }
    }
    return changes;
  }

  /** All machines except those in parts that both tables share. */
  private List<VirtualMachine> unshared(MachineTable other) {
    List<VirtualMachine> machines = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      if (parts.size() != other.parts.size() || parts.get(i) != other.parts.get(i)) {
        machines.addAll(parts.get(i).values());
      }
    }
    return machines;
  }

  /** Index of the part for an id; the number of parts is a power of two. */
  private static int part(VirtualMachineId id, int parts) {
    int hash = id.hashCode();
    return (hash ^ (hash >>> 16)) & (parts - 1);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Iterator<VirtualMachine> iterator() {
    return parts.stream().flatMap(part -> part.values().stream()).iterator();
  }
}
