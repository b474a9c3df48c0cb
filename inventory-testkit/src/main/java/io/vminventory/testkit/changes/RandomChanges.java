package io.vminventory.testkit.changes;

import io.vminventory.testkit.changes.PlatformActions.Action;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Changes a platform at random, step by step, and keeps account of what is true of the machines
 * that it made. The same seed on the same kind of platform makes the same steps. Thread-safe.
 *
 * <pre>{@code
 * RandomChanges world = new RandomChanges(seed, new SimulatorActions(vcenter, "/DC0/vm"));
 * for (int i = 0; i < 1000; i++) {
 *   Step step = world.step();
 *   assertThat(seen()).as("seed %d, %s", seed, step).isEqualTo(world.machines().keySet());
 * }
 * }</pre>
 */
public final class RandomChanges {

  private static final int FOLDERS = 4;

  private final PlatformActions actions;
  private final Random random;
  private final RandomNames names;
  private final int min;
  private final int max;
  private final Map<String, ExpectedMachine> machines = new LinkedHashMap<>();
  private final Set<String> removed = new LinkedHashSet<>();
  private final List<String> folders = new ArrayList<>();
  private final List<String> hosts;
  private final List<WeightedMove> moves;
  private int steps;

  /** A thing to do; it returns its text. */
  private interface Move {
    String make();
  }

  private record WeightedMove(int weight, Move move) {}

  /** A world of 5 to 50 machines, empty at first. */
  public RandomChanges(long seed, PlatformActions actions) {
    this(seed, actions, 5, 50);
  }

  /**
   * An empty world.
   *
   * @param min how many machines there are at least, as soon as there were so many
   * @param max how many there are at most
   */
  public RandomChanges(long seed, PlatformActions actions, int min, int max) {
    if (min < 1 || max <= min) {
      throw new IllegalArgumentException("at least 1 machine, and room for one more");
    }
    this.actions = actions;
    this.random = new Random(seed);
    this.names = new RandomNames(random, can(Action.SAME_NAMES));
    this.min = min;
    this.max = max;
    this.hosts = new ArrayList<>(actions.hosts());
    if (can(Action.MOVE_TO_FOLDER)) {
      for (int i = 0; i < FOLDERS; i++) {
        folders.add(names.plain("folder"));
        actions.addFolder(folders.get(i));
      }
    }
    this.moves = moves();
  }

  private List<WeightedMove> moves() {
    List<WeightedMove> all = new ArrayList<>();
    all.add(new WeightedMove(10, this::add));
    all.add(new WeightedMove(9, this::remove));
    offer(all, 20, Action.POWER, this::power);
    offer(all, 4, Action.POWER, this::flap);
    offer(all, 15, Action.RECONFIGURE, this::reconfigure);
    offer(all, 15, Action.RENAME, this::rename);
    offer(all, 10, Action.MOVE_TO_FOLDER, this::moveToFolder);
    offer(all, 2, Action.RENAME_FOLDER, this::renameFolder);
    if (!hosts.isEmpty()) {
      offer(all, 10, Action.MOVE_TO_HOST, this::moveToHost);
      offer(all, 1, Action.RENAME_HOST, this::renameHost);
    }
    offer(all, 10, Action.SET_IPS, this::setIps);
    return all;
  }

  private void offer(List<WeightedMove> all, int weight, Action kind, Move move) {
    if (can(kind)) {
      all.add(new WeightedMove(weight, move));
    }
  }

  private boolean can(Action kind) {
    return actions.supported().contains(kind);
  }

  /** Does one thing and tells what it was. The platform has done it when this returns. */
  public synchronized Step step() {
    Move move = machines.size() < min ? this::add : pick();
    return new Step(++steps, move.make());
  }

  private Move pick() {
    int total = moves.stream().mapToInt(WeightedMove::weight).sum();
    int left = random.nextInt(total);
    for (WeightedMove each : moves) {
      left -= each.weight();
      if (left < 0) {
        return each.move();
      }
    }
    throw new IllegalStateException("no move left");
  }

  /** The machines that exist now, by id, oldest first. */
  public synchronized Map<String, ExpectedMachine> machines() {
    return new LinkedHashMap<>(machines);
  }

  /** The ids of all machines that were removed; none is used again. */
  public synchronized Set<String> removed() {
    return new LinkedHashSet<>(removed);
  }

  private String add() {
    if (machines.size() >= max) {
      return remove();
    }
    ExpectedMachine machine =
        new ExpectedMachine(
            names.next(takenNames()),
            false,
            1 + random.nextInt(8),
            512 * (1 + random.nextInt(16)),
            List.of(),
            folders.isEmpty() ? "" : any(folders),
            hosts.isEmpty() || !can(Action.MOVE_TO_HOST) ? "" : any(hosts));
    String id = actions.add(machine);
    machines.put(id, machine);
    return "add " + id + " \"" + machine.name() + "\"";
  }

  private String remove() {
    if (machines.size() <= min) {
      return add();
    }
    String id = anyMachine();
    if (machine(id).poweredOn()) {
      actions.power(id, false);
    }
    actions.remove(id);
    machines.remove(id);
    removed.add(id);
    return "remove " + id;
  }

  private String power() {
    String id = anyMachine();
    boolean on = !machine(id).poweredOn();
    actions.power(id, on);
    change(id, machine -> machine.powered(on));
    return "power " + (on ? "on " : "off ") + id;
  }

  private String flap() {
    String id = anyMachine();
    int times = 2 + random.nextInt(6);
    boolean on = machine(id).poweredOn();
    for (int i = 0; i < times; i++) {
      on = !on;
      actions.power(id, on);
    }
    boolean last = on;
    change(id, machine -> machine.powered(last));
    return "flap " + id + " " + times + " times";
  }

  private String reconfigure() {
    String id = anyMachine();
    int cpus = 1 + random.nextInt(8);
    int memoryMB = 512 * (1 + random.nextInt(16));
    actions.reconfigure(id, cpus, memoryMB);
    change(id, machine -> machine.sized(cpus, memoryMB));
    return "reconfigure " + id + " to " + cpus + " CPUs and " + memoryMB + " MB";
  }

  private String rename() {
    String id = anyMachine();
    String name = names.next(takenNames());
    actions.rename(id, name);
    change(id, machine -> machine.named(name));
    return "rename " + id + " to \"" + name + "\"";
  }

  private String moveToFolder() {
    String id = anyMachine();
    String folder = any(folders);
    actions.moveToFolder(id, folder);
    change(id, machine -> machine.in(folder));
    return "move " + id + " to folder " + folder;
  }

  private String renameFolder() {
    int index = random.nextInt(folders.size());
    String old = folders.get(index);
    String name = names.plain("folder");
    actions.renameFolder(old, name);
    folders.set(index, name);
    machines.replaceAll((id, machine) -> machine.folder().equals(old) ? machine.in(name) : machine);
    return "rename folder " + old + " to " + name;
  }

  private String moveToHost() {
    String id = anyMachine();
    String host = any(hosts);
    actions.moveToHost(id, host);
    change(id, machine -> machine.on(host));
    return "move " + id + " to host " + host;
  }

  private String renameHost() {
    int index = random.nextInt(hosts.size());
    String old = hosts.get(index);
    String name = names.plain("host");
    actions.renameHost(old, name);
    hosts.set(index, name);
    machines.replaceAll((id, machine) -> machine.host().equals(old) ? machine.on(name) : machine);
    return "rename host " + old + " to " + name;
  }

  private String setIps() {
    String id = anyMachine();
    List<String> ips = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      ips.add("10." + random.nextInt(256) + "." + random.nextInt(256) + "." + i);
    }
    actions.setIps(id, ips);
    change(id, machine -> machine.withIps(ips));
    return "give " + id + " addresses " + ips;
  }

  private ExpectedMachine machine(String id) {
    ExpectedMachine machine = machines.get(id);
    if (machine == null) {
      throw new IllegalArgumentException("there is no " + id);
    }
    return machine;
  }

  private void change(String id, UnaryOperator<ExpectedMachine> change) {
    machines.put(id, change.apply(machine(id)));
  }

  private String anyMachine() {
    return any(List.copyOf(machines.keySet()));
  }

  private String any(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  private List<String> takenNames() {
    return machines.values().stream().map(ExpectedMachine::name).toList();
  }
}
