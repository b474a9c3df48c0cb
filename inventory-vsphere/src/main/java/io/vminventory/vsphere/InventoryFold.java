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
 * What a server's updates come to. It only decides; nothing here touches the network. For one
 * thread.
 *
 * <p>The order within a set of updates means nothing: a machine that moves may be told as entering
 * and then as leaving. What counts is who is a member in the end. So an object that is told to
 * leave, or to change before it has entered, is in doubt, and stays until {@link #settle} is told
 * what a read of this very object has shown.
 */
final class InventoryFold {

  private final SessionObjects session;
  private final FoundObjects<ManagedObject> places = new FoundObjects<>();
  private final FoundObjects<ManagedObject> machines = new FoundObjects<>();
  private final Map<String, VirtualMachine> told = new LinkedHashMap<>();
  private final Set<String> touched = new LinkedHashSet<>();
  private final Set<String> entered = new HashSet<>();
  private @Nullable MachineMapper mapper;

  /**
   * @param known what has been told of the machines already
   */
  InventoryFold(SessionObjects session, Inventory known) {
    this.session = session;
    String prefix = session.instanceUuid() + "/";
    for (VirtualMachine machine : known.machines()) {
      String reference = machine.id().value().substring(prefix.length());
      told.put(reference, machine);
      touched.add(reference);
    }
  }

  /** Forgets what the server has told, though not what others were told of it. */
  void begin() {
    places.clear();
    machines.clear();
    mapper = null;
    touched.addAll(told.keySet());
  }

  /**
   * Takes the updates of a complete set.
   *
   * @return the objects that are in doubt
   */
  Map<String, ManagedObjectReference> take(List<ObjectUpdate> updates) throws IOException {
    Map<String, ManagedObjectReference> doubtful = new LinkedHashMap<>();
    entered.clear();
    for (ObjectUpdate update : updates) {
      ManagedObject object = update.object();
      String reference = object.self().getVal();
      @Nullable ManagedObject before = kin(object.self()).asMap().get(reference);
      switch (update.kind()) {
        case ENTER -> {
          put(object.kept());
          entered.add(reference);
        }
        case MODIFY -> {
          if (before == null) {
            doubtful.put(reference, object.self());
          } else {
            put(before.after(object));
          }
        }
        case LEAVE -> doubtful.put(reference, object.self());
      }
    }
    return doubtful;
  }

  /**
   * Ends the doubts of the last set. What was read of an object only says that it is there: it is
   * newer than what the server has told, and the next updates tell the difference to that.
   *
   * @param found those in doubt that a read has found; the others are gone
   * @return whether the server is sure to tell what happens next to those that were found; not to
   *     one that has only left, as far as it is concerned
   */
  boolean settle(Map<String, ManagedObjectReference> doubtful, Set<String> found) {
    doubtful.forEach(
        (reference, object) -> {
          if (!found.contains(reference)) {
            kin(object).forget(reference);
            touch(object);
          }
        });
    return entered.containsAll(found);
  }

  private void put(ManagedObject object) throws IOException {
    kin(object.self()).put(object, Function.identity());
    touch(object.self());
  }

  /** A place has any number of machines below it, so all of them may be others now. */
  private void touch(ManagedObjectReference object) {
    if (isMachine(object)) {
      touched.add(object.getVal());
    } else {
      mapper = null;
    }
  }

  private FoundObjects<ManagedObject> kin(ManagedObjectReference object) {
    return isMachine(object) ? machines : places;
  }

  private static boolean isMachine(ManagedObjectReference object) {
    return object.getType().equals("VirtualMachine");
  }

  /** What is different from all that was told before. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    if (mapper == null) {
      touched.addAll(machines.asMap().keySet());
    }
    MachineMapper current = mapper();
    for (String reference : touched) {
      @Nullable ManagedObject object = machines.asMap().get(reference);
      if (object == null) {
        if (told.remove(reference) != null) {
          changes.add(
              new Change.Remove(new VirtualMachineId(session.instanceUuid() + "/" + reference)));
        }
      } else {
        VirtualMachine machine = current.map(object);
        // Of equal ones the first is kept: whoever was told of it has it, too.
        if (!machine.equals(told.get(reference))) {
          told.put(reference, machine);
          changes.add(new Change.Put(machine));
        }
      }
    }
    touched.clear();
    return changes;
  }

  private MachineMapper mapper() {
    MachineMapper current = mapper;
    if (current == null) {
      InventoryTree tree = new InventoryTree(session.rootFolder().getVal(), places.asMap());
      current = new MachineMapper(session.instanceUuid(), tree);
      mapper = current;
    }
    return current;
  }

  /** All that was told, the latest {@link #changes} included. */
  Inventory inventory() {
    return Inventory.of(session.serverVersion(), told.values());
  }
}
