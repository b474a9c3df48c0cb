package io.vminventory.testkit.vcenter;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Factory of data centers, folders, hosts and vApps that also places machines. Guarded by the lock
 * of the {@link Inventory}.
 */
final class Layout {

  private final Inventory inventory;
  private final Folder root;
  private final Map<String, HostSystem> hosts = new LinkedHashMap<>();
  private final Map<String, ResourcePool> vApps = new LinkedHashMap<>();
  private final Map<String, Folder> machineFolders = new HashMap<>();
  private int nextHost;
  private long structureChanges;

  Layout(Inventory inventory) {
    this.inventory = inventory;
    this.root =
        inventory.register(
            new Folder(new MoRef("Folder", "group-d1"), "Datacenters", Folder.DATACENTERS));
  }

  Folder root() {
    return root;
  }

  /** The number of changes of the tree, except for the locations of machines. */
  long structureChanges() {
    return structureChanges;
  }

  /** The data center at this path, such as {@code DC0} or {@code Europe/DC0}; created if needed. */
  Datacenter datacenter(String path) {
    return datacenter(segments(path));
  }

  private Datacenter datacenter(List<String> names) {
    Folder parent = root;
    for (String name : names.subList(0, names.size() - 1)) {
      parent = subfolder(parent, name);
    }
    String name = names.get(names.size() - 1);
    Optional<Datacenter> found = child(parent, name, Datacenter.class);
    if (found.isPresent()) {
      return found.get();
    }
    Datacenter datacenter =
        inventory.register(
            new Datacenter(
                inventory.newRef("Datacenter", "datacenter-"),
                name,
                folder("group-v", "vm", Folder.MACHINES),
                folder("group-h", "host", Folder.HOSTS),
                folder("group-s", "datastore", Folder.DATASTORES),
                folder("group-n", "network", Folder.NETWORKS)));
    datacenter.moveTo(parent);
    structureChanges++;
    touch(parent);
    return datacenter;
  }

  /** Adds a cluster with these hosts. */
  void cluster(Datacenter datacenter, String name, List<String> hostNames) {
    addHosts(compute(datacenter, "ClusterComputeResource", "domain-c", name), hostNames);
  }

  /** Adds a standalone host. */
  void standaloneHost(Datacenter datacenter, String name) {
    addHosts(compute(datacenter, "ComputeResource", "domain-s", name), List.of(name));
  }

  private ComputeResource compute(Datacenter datacenter, String kind, String prefix, String name) {
    ResourcePool pool =
        new ResourcePool(inventory.newRef("ResourcePool", "resgroup-"), "Resources", null);
    ComputeResource compute =
        inventory.register(new ComputeResource(inventory.newRef(kind, prefix), name, pool));
    inventory.register(pool);
    compute.moveTo(datacenter.hosts());
    touch(datacenter.hosts());
    return compute;
  }

  private void addHosts(ComputeResource compute, List<String> names) {
    for (String name : names) {
      HostSystem host =
          inventory.register(new HostSystem(inventory.newRef("HostSystem", "host-"), name));
      if (hosts.put(name, host) != null) {
        throw new IllegalArgumentException("two hosts have the name " + name);
      }
      host.moveTo(compute);
    }
    touch(compute);
  }

  /** The folder at this path, such as {@code /DC0/vm/web}; created if needed. */
  Folder machineFolder(String path) {
    Folder folder = machineFolders.get(path);
    if (folder == null) {
      folder = findMachineFolder(path);
      machineFolders.put(path, folder);
    }
    return folder;
  }

  private Folder findMachineFolder(String path) {
    List<String> names = segments(path);
    int vm = names.indexOf("vm");
    if (vm < 1) {
      throw new IllegalArgumentException(
          "the folder of a machine is written /<data center>/vm/<folder>, not " + path);
    }
    Folder folder = datacenter(names.subList(0, vm)).vms();
    for (String name : names.subList(vm + 1, names.size())) {
      folder = subfolder(folder, name);
    }
    return folder;
  }

  /** Clears the cache of paths after a rename or move. */
  void invalidatePaths() {
    machineFolders.clear();
  }

  List<String> hostNames() {
    return List.copyOf(hosts.keySet());
  }

  /** Changes the name under which a host is found. */
  HostSystem renameHost(String name, String newName) {
    HostSystem host = require(hosts, "host", name);
    if (!name.equals(newName) && hosts.containsKey(newName)) {
      throw new IllegalArgumentException("two hosts have the name " + newName);
    }
    hosts.remove(name);
    hosts.put(newName, host);
    return host;
  }

  /**
   * Adds a vApp in the folder {@code vm} and in the root pool of the first host of the data center.
   */
  void vApp(Datacenter datacenter, String name) {
    ResourcePool parent =
        hostsOf(datacenter)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("a vApp needs a host: " + name))
            .pool();
    ResourcePool vApp =
        inventory.register(
            new ResourcePool(inventory.newRef("VirtualApp", "resgroup-v"), name, datacenter.vms()));
    vApp.moveTo(parent);
    touch(datacenter.vms());
    if (vApps.put(name, vApp) != null) {
      throw new IllegalArgumentException("two vApps have the name " + name);
    }
  }

  boolean sameLocation(SimulatedMachine a, SimulatedMachine b) {
    return a.folder().equals(b.folder()) && a.vApp().equals(b.vApp()) && a.host().equals(b.host());
  }

  /**
   * Sets the state of a machine and moves it to its location there.
   *
   * @throws IllegalArgumentException if that does not exist; then nothing has changed
   */
  void place(Machine machine, SimulatedMachine model) {
    Folder folder = model.folder().isEmpty() ? firstMachineFolder() : machineFolder(model.folder());
    HostSystem host = host(machine, model, folder);
    boolean inVApp = !model.vApp().isEmpty();
    ResourcePool pool =
        inVApp ? require(vApps, "vApp", model.vApp()) : host == null ? null : host.pool();
    detach(machine);
    machine.model(model);
    if (!inVApp) {
      machine.moveTo(folder);
    }
    machine.runOn(host, pool);
    machine.movedAt(inventory.revision());
    touchLocation(machine);
  }

  /** Removes a machine from the tree. */
  void detach(Machine machine) {
    touchLocation(machine);
    machine.runOn(null, null);
    machine.moveTo(null);
  }

  private void touchLocation(Machine machine) {
    Stream.of(Optional.ofNullable(machine.parent()), machine.host(), machine.pool())
        .flatMap(Optional::stream)
        .forEach(this::touch);
  }

  private @Nullable HostSystem host(Machine machine, SimulatedMachine model, Folder folder) {
    if (!model.host().isEmpty()) {
      return require(hosts, "host", model.host());
    }
    List<HostSystem> candidates = hostsOf(datacenterOf(folder)).toList();
    if (machine.host().isPresent() && candidates.contains(machine.host().get())) {
      return machine.host().get();
    }
    return candidates.isEmpty() ? null : candidates.get(nextHost++ % candidates.size());
  }

  private static Datacenter datacenterOf(Folder folder) {
    ManagedEntity entity = folder;
    while (entity != null) {
      if (entity instanceof Datacenter datacenter) {
        return datacenter;
      }
      entity = entity.parent();
    }
    throw new IllegalStateException(folder.path() + " is in no data center");
  }

  private static Stream<HostSystem> hostsOf(Datacenter datacenter) {
    return datacenter.hosts().children(ComputeResource.class).stream()
        .flatMap(compute -> compute.children(HostSystem.class).stream());
  }

  private static <T> T require(Map<String, T> all, String kind, String name) {
    T found = all.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "there is no %s %s; there are %s".formatted(kind, name, all.keySet()));
    }
    return found;
  }

  private Folder firstMachineFolder() {
    return root.children(Datacenter.class).stream()
        .findFirst()
        .map(Datacenter::vms)
        .orElseThrow(() -> new IllegalArgumentException("there is no data center below the root"));
  }

  private Folder subfolder(Folder parent, String name) {
    return child(parent, name, Folder.class)
        .orElseGet(
            () -> {
              String prefix = parent.childTypes() == Folder.DATACENTERS ? "group-d" : "group-v";
              Folder folder = folder(prefix, name, parent.childTypes());
              folder.moveTo(parent);
              structureChanges++;
              touch(parent);
              return folder;
            });
  }

  private Folder folder(String prefix, String name, List<String> childTypes) {
    MoRef ref = inventory.newRef("Folder", prefix);
    if (ref.equals(root.ref())) {
      ref = inventory.newRef("Folder", prefix);
    }
    return inventory.register(new Folder(ref, name, childTypes));
  }

  private static <T extends ManagedEntity> Optional<T> child(
      Folder parent, String name, Class<T> kind) {
    return parent.children(kind).stream().filter(child -> child.name().equals(name)).findFirst();
  }

  private void touch(ManagedEntity entity) {
    entity.touch(inventory.revision());
  }

  /** The unescaped names on a path; see {@link ManagedEntity#path()}. */
  static List<String> segments(String path) {
    List<String> names =
        Stream.of(path.split("/", -1))
            .filter(name -> !name.isEmpty())
            .map(name -> name.replace("%2f", "/").replace("%5c", "\\").replace("%25", "%"))
            .toList();
    if (names.isEmpty()) {
      throw new IllegalArgumentException("an empty path");
    }
    return names;
  }
}
