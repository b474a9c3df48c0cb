package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The tree of all entities and the lock that guards it. Ids are counted per kind and never used
 * twice. The methods that change something lock by themselves; whoever reads entities does it
 * within {@link #read}.
 */
final class Inventory {

  private final String serverUuid;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private final Signal changed;
  private final ChangeLog log = new ChangeLog();
  private final AtomicLong revision = new AtomicLong();

  private final Map<String, Integer> counters = new HashMap<>();
  private final Map<String, Entity> byId = new HashMap<>();
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Layout layout;

  /**
   * @param changed given at every change
   */
  Inventory(String serverUuid, Signal changed) {
    this.serverUuid = serverUuid;
    this.changed = changed;
    this.layout = new Layout(this);
  }

  /** What is done while nothing changes. */
  interface Reading<T, X extends Exception> {
    T get() throws X;
  }

  /** Does something while nothing changes. */
  <T, X extends Exception> T read(Reading<T, X> reading) throws X {
    lock.readLock().lock();
    try {
      return reading.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Changes anything, then wakes those who wait. */
  <T> T write(Supplier<T> writer) {
    lock.writeLock().lock();
    try {
      long number = revision.incrementAndGet();
      T result = writer.get();
      tell(Change.ofAnything(number));
      return result;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Changes one machine, then wakes those who may see it. */
  private Machine writeMachine(Supplier<Change> writer) {
    lock.writeLock().lock();
    try {
      revision.incrementAndGet();
      long structure = layout.changes();
      Change change = writer.get();
      tell(structure == layout.changes() ? change : Change.ofAnything(change.revision()));
      return change.machine().orElseThrow();
    } catch (IllegalArgumentException e) {
      // A folder may have been made all the same.
      tell(Change.ofAnything(revision()));
      throw e;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void tell(Change change) {
    log.add(change);
    changed.give(change);
  }

  /** The changes after a revision, newest first; none if not all are known any more. */
  Optional<List<Change>> changesSince(long known) {
    return known == revision() ? Optional.of(List.of()) : log.since(known);
  }

  /** Wakes those who wait, though the inventory is the same: what they may see is not. */
  void touch() {
    changed.give();
  }

  /** Counts changes. */
  long revision() {
    return revision.get();
  }

  Folder root() {
    return layout.root();
  }

  Layout layout() {
    return layout;
  }

  Collection<Machine> machines() {
    return machines.values();
  }

  Collection<Folder> folders() {
    return byId.values().stream().filter(Folder.class::isInstance).map(Folder.class::cast).toList();
  }

  Optional<Entity> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** A new id, such as {@code host-3}. */
  Ref newRef(String kind, String prefix) {
    return new Ref(kind, prefix + counters.merge(prefix, 1, Integer::sum));
  }

  <E extends Entity> E register(E entity) {
    entity.touch(revision.get());
    byId.put(entity.ref().id(), entity);
    return entity;
  }

  /** Adds a machine and returns its id. */
  String add(SimulatedMachine model) {
    return writeMachine(
            () -> {
              Machine machine = new Machine(newRef("VirtualMachine", "vm-"), model, serverUuid);
              layout.place(machine, model);
              register(machine);
              machines.put(machine.ref().id(), machine);
              return Change.of(revision(), machine, true);
            })
        .ref()
        .id();
  }

  /** Changes a machine, and moves it if its folder, vApp or host is another one then. */
  void change(String nameOrId, UnaryOperator<SimulatedMachine> change) {
    writeMachine(
        () -> {
          Machine machine = machine(nameOrId);
          SimulatedMachine before = machine.model();
          SimulatedMachine after = change.apply(before);
          boolean moves = !layout.samePlace(before, after);
          if (moves) {
            layout.place(machine, after);
          } else {
            machine.model(after);
          }
          machine.touch(revision());
          return Change.of(revision(), machine, moves);
        });
  }

  /** Lets a machine enter once more, for those who know it already. */
  void announce(String nameOrId) {
    writeMachine(
        () -> {
          Machine machine = machine(nameOrId);
          machine.announce(revision());
          return Change.of(revision(), machine, false);
        });
  }

  void remove(String nameOrId) {
    writeMachine(
        () -> {
          Machine machine = machine(nameOrId);
          layout.takeAway(machine);
          byId.remove(machine.ref().id());
          machines.remove(machine.ref().id());
          return Change.of(revision(), machine, true);
        });
  }

  /**
   * The machine with this id, or else the one with this name.
   *
   * @throws IllegalArgumentException if there is none, or more than one of the name
   */
  Machine machine(String nameOrId) {
    Machine byItsId = machines.get(nameOrId);
    if (byItsId != null) {
      return byItsId;
    }
    List<Machine> found = new ArrayList<>();
    for (Machine machine : machines.values()) {
      if (machine.name().equals(nameOrId)) {
        found.add(machine);
      }
    }
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          found.isEmpty()
              ? "no machine has the name or id " + nameOrId
              : found.size() + " machines have the name " + nameOrId + ": use an id");
    }
    return found.get(0);
  }
}
