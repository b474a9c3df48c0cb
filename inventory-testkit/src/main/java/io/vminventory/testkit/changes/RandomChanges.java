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
 * Random changes of a platform, one step at a time, with the expected state of the machines it
 * created. The same seed on the same kind of platform gives the same steps. Thread-safe.
 *
 * <pre>{@code
 * RandomChanges changes = new RandomChanges(seed, new SimulatorActions(vcenter, "/DC0/vm"));
 * for (int i = 0; i < 1000; i++) {
 *   Step step = changes.step();
 *   assertThat(seen()).as("seed %d, %s", seed, step).isEqualTo(changes.machines().keySet());
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
  private final List<WeightedStep> weightedSteps;
  private int steps;

  /** Makes one change and returns its text. */
  private interface ActionStep {
    String run();
  }

  private record WeightedStep(int weight, ActionStep step) {}

  /** Changes of 5 to 50 machines; the first step adds the first machine. */
  public RandomChanges(long seed, PlatformActions actions) {
    this(seed, actions, 5, 50);
  }

  /**
   * Changes of at least {@code min} and at most {@code max} machines; the first step adds the first
   * one.
   *
   * @param min kept from the moment there are so many
   */
  public RandomChanges(long seed, PlatformActions actions, int min, int max) {
    if (min < 1 || max <= min) {
      throw new IllegalArgumentException("min must be at least 1 and max greater than min");
    }
    this.actions = actions;
    this.random = new Random(seed);
    this.names = new RandomNames(random, supports(Action.SAME_NAMES));
    this.min = min;
    this.max = max;
    this.hosts = new ArrayList<>(actions.hosts());
    if (supports(Action.MOVE_TO_FOLDER)) {
      for (int i = 0; i < FOLDERS; i++) {
        folders.add(names.plain("folder"));
        actions.addFolder(folders.get(i));
      }
    }
    this.weightedSteps = weightedSteps();
  }

  private List<WeightedStep> weightedSteps() {
    List<WeightedStep> all = new ArrayList<>();
    all.add(new WeightedStep(10, this::add));
    all.add(new WeightedStep(9, this::remove));
    addIfSupported(all, 20, Action.POWER, this::power);
    addIfSupported(all, 4, Action.POWER, this::flap);
    addIfSupported(all, 15, Action.RECONFIGURE, this::reconfigure);
    addIfSupported(all, 15, Action.RENAME, this::rename);
    addIfSupported(all, 10, Action.MOVE_TO_FOLDER, this::moveToFolder);
    addIfSupported(all, 2, Action.RENAME_FOLDER, this::renameFolder);
    if (!hosts.isEmpty()) {
      addIfSupported(all, 10, Action.MOVE_TO_HOST, this::moveToHost);
      addIfSupported(all, 1, Action.RENAME_HOST, this::renameHost);
    }
    addIfSupported(all, 10, Action.SET_IPS, this::setIps);
    return all;
  }

  private void addIfSupported(List<WeightedStep> all, int weight, Action action, ActionStep step) {
    if (supports(action)) {
      all.add(new WeightedStep(weight, step));
    }
  }

  private boolean supports(Action action) {
    return actions.supported().contains(action);
  }

  /** Makes one change. The platform has made it when this returns. */
  public synchronized Step step() {
    ActionStep step = machines.size() < min ? this::add : randomStep();
    return new Step(++steps, step.run());
  }

  private ActionStep randomStep() {
    int total = weightedSteps.stream().mapToInt(WeightedStep::weight).sum();
    int left = random.nextInt(total);
    for (WeightedStep each : weightedSteps) {
      left -= each.weight();
      if (left < 0) {
        return each.step();
      }
    }
    throw new IllegalStateException("no step left");
  }

  /** The expected machines by id, oldest first. */
  public synchronized Map<String, ExpectedMachine> machines() {
    return new LinkedHashMap<>(machines);
  }

  /** The ids of all removed machines, which are not used again. */
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
            hosts.isEmpty() || !supports(Action.MOVE_TO_HOST) ? "" : any(hosts));
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
      throw new IllegalArgumentException("there is no machine " + id);
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
