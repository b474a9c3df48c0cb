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
 * Inventory tree and the lock that guards it. Ids are counted per type and never reused. Methods
 * that change something take the lock themselves; callers read entities within {@link #read}.
 */
final class Inventory {

  private final String serverUuid;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private final ChangeSignal changed;
  private final ChangeLog log = new ChangeLog();
  private final AtomicLong revision = new AtomicLong();

  private final Map<String, Integer> counters = new HashMap<>();
  private final Map<String, ManagedEntity> byId = new HashMap<>();
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private final Layout layout;

  /**
   * @param changed signalled at every change
   */
  Inventory(String serverUuid, ChangeSignal changed) {
    this.serverUuid = serverUuid;
    this.changed = changed;
    this.layout = new Layout(this);
  }

  /** Read under the lock. */
  interface Reading<T, X extends Exception> {
    T get() throws X;
  }

  /** Reads under the lock. */
  <T, X extends Exception> T read(Reading<T, X> reading) throws X {
    lock.readLock().lock();
    try {
      return reading.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Changes anything, then wakes all waits. */
  <T> T write(Supplier<T> writer) {
    lock.writeLock().lock();
    try {
      long number = revision.incrementAndGet();
      T result = writer.get();
      publish(Change.unspecific(number));
      return result;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Changes one machine, then wakes the waits of those who can see it. */
  private Machine writeMachine(Supplier<Change> writer) {
    lock.writeLock().lock();
    try {
      revision.incrementAndGet();
      long before = layout.structureChanges();
      Change change = writer.get();
      publish(before == layout.structureChanges() ? change : Change.unspecific(change.revision()));
      return change.machine().orElseThrow();
    } catch (IllegalArgumentException e) {
      // A folder may have been created before the failure.
      publish(Change.unspecific(revision()));
      throw e;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void publish(Change change) {
    log.add(change);
    changed.signal(change);
  }

  /** The changes after a revision, newest first; empty if some of them were dropped. */
  Optional<List<Change>> changesSince(long earlier) {
    return earlier == revision() ? Optional.of(List.of()) : log.since(earlier);
  }

  /** Wakes all waits after a change of visibility. */
  void signalAll() {
    changed.signal();
  }

  /** The number of changes so far. */
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

  Optional<ManagedEntity> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** A new reference, such as {@code host-3}. */
  MoRef newRef(String kind, String prefix) {
    return new MoRef(kind, prefix + counters.merge(prefix, 1, Integer::sum));
  }

  <E extends ManagedEntity> E register(E entity) {
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

  /** Changes a machine, and moves it if its folder, vApp or host changes. */
  void change(String nameOrId, UnaryOperator<SimulatedMachine> change) {
    writeMachine(
        () -> {
          Machine machine = machine(nameOrId);
          SimulatedMachine before = machine.model();
          SimulatedMachine after = change.apply(before);
          boolean moves = !layout.sameLocation(before, after);
          if (moves) {
            layout.place(machine, after);
          } else {
            machine.model(after);
          }
          machine.touch(revision());
          return Change.of(revision(), machine, moves);
        });
  }

  /** Reports once more that a machine enters. */
  void repeatEnter(String nameOrId) {
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
          layout.detach(machine);
          byId.remove(machine.ref().id());
          machines.remove(machine.ref().id());
          return Change.of(revision(), machine, true);
        });
  }

  /**
   * The machine with this id, or else with this name.
   *
   * @throws IllegalArgumentException if there is none, or the name is not unique
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
