package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import io.vminventory.api.Change;
import io.vminventory.api.Inventory;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * State of an inventory, folded from the updates of the property collector. Without I/O; for one
 * thread.
 *
 * <p>The order within a set of updates means nothing: a machine that moves may be reported as
 * entering and then as leaving. Only the members in the end count. So an object that leaves, or
 * changes before it has entered, is uncertain: it stays until a read of this very object has shown
 * whether it exists, see {@link #resolve}.
 */
final class InventoryFold {

  private final SessionObjects session;
  private final FoundObjects<ManagedObject> entities = new FoundObjects<>();
  private final FoundObjects<ManagedObject> machines = new FoundObjects<>();
  private final Map<String, VirtualMachine> reported = new LinkedHashMap<>();
  private final Set<String> affected = new LinkedHashSet<>();
  private final Set<String> entered = new HashSet<>();
  private @Nullable MachineMapper mapper;

  /**
   * @param known the machines that were reported already
   */
  InventoryFold(SessionObjects session, Inventory known) {
    this.session = session;
    String prefix = session.instanceUuid() + "/";
    for (VirtualMachine machine : known.machines()) {
      String reference = machine.id().value().substring(prefix.length());
      reported.put(reference, machine);
      affected.add(reference);
    }
  }

  /** Clears the server's state, but remembers what was reported of it. */
  void reset() {
    entities.clear();
    machines.clear();
    mapper = null;
    affected.addAll(reported.keySet());
  }

  /**
   * Applies the updates of a complete set.
   *
   * @return the objects that are uncertain
   */
  Map<String, ManagedObjectReference> apply(List<ObjectUpdate> updates) throws IOException {
    Map<String, ManagedObjectReference> uncertain = new LinkedHashMap<>();
    entered.clear();
    for (ObjectUpdate update : updates) {
      ManagedObject object = update.object();
      String reference = object.self().getVal();
      @Nullable ManagedObject before = objectsOf(object.self()).asMap().get(reference);
      switch (update.kind()) {
        case ENTER -> {
          put(object.compact());
          entered.add(reference);
        }
        case MODIFY -> {
          if (before == null) {
            uncertain.put(reference, object.self());
          } else {
            put(before.with(object));
          }
        }
        case LEAVE -> uncertain.put(reference, object.self());
      }
    }
    return uncertain;
  }

  /**
   * Resolves the uncertain objects of the last set. A read only shows whether an object exists: its
   * properties are newer than the collector's state, and the next updates are relative to the
   * latter.
   *
   * @param found the uncertain objects that a read has found; the others are gone
   * @return whether the server will report further changes of all that were found; it will not if
   *     it has only reported that one left
   */
  boolean resolve(Map<String, ManagedObjectReference> uncertain, Set<String> found) {
    uncertain.forEach(
        (reference, object) -> {
          if (!found.contains(reference)) {
            objectsOf(object).remove(reference);
            markAffected(object);
          }
        });
    return entered.containsAll(found);
  }

  private void put(ManagedObject object) throws IOException {
    objectsOf(object.self()).put(object, Function.identity());
    markAffected(object.self());
  }

  /** Another entity may contain any number of machines, so all of them may have changed. */
  private void markAffected(ManagedObjectReference object) {
    if (isMachine(object)) {
      affected.add(object.getVal());
    } else {
      mapper = null;
    }
  }

  private FoundObjects<ManagedObject> objectsOf(ManagedObjectReference object) {
    return isMachine(object) ? machines : entities;
  }

  private static boolean isMachine(ManagedObjectReference object) {
    return object.getType().equals("VirtualMachine");
  }

  /** The differences from what was reported before. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    if (mapper == null) {
      affected.addAll(machines.asMap().keySet());
    }
    MachineMapper current = mapper();
    for (String reference : affected) {
      @Nullable ManagedObject object = machines.asMap().get(reference);
      if (object == null) {
        if (reported.remove(reference) != null) {
          changes.add(
              new Change.Remove(new VirtualMachineId(session.instanceUuid() + "/" + reference)));
        }
      } else {
        VirtualMachine machine = current.map(object);
        // Of equal machines the first is kept: the reader of the updates holds it as well.
        if (!machine.equals(reported.get(reference))) {
          reported.put(reference, machine);
          changes.add(new Change.Put(machine));
        }
      }
    }
    affected.clear();
    return changes;
  }

  private MachineMapper mapper() {
    MachineMapper current = mapper;
    if (current == null) {
      InventoryTree tree = new InventoryTree(session.rootFolder().getVal(), entities.asMap());
      current = new MachineMapper(session.instanceUuid(), tree);
      mapper = current;
    }
    return current;
  }

  /** Everything that was reported, the latest {@link #changes} included. */
  Inventory inventory() {
    return Inventory.of(session.serverVersion(), reported.values());
  }
}
