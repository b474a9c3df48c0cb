package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * The places where machines are, read in bulk: folders, data centers, clusters, hosts, vApps. An
 * account may see a machine without all of its surroundings, so every answer may be empty, and a
 * path may lack its beginning.
 *
 * @param root the value of the root folder's reference; paths begin below it
 * @param places the places by the values of their references
 */
record InventoryTree(String root, Map<String, ManagedObject> places) {

  private static final int DEEPEST = 100;

  InventoryTree {
    places = Map.copyOf(places);
  }

  /**
   * What is known of a machine's place.
   *
   * @param name a name or a path, empty if there is none or it cannot be found out
   * @param hidden whether the server says that the account may not read it
   */
  record Place(Optional<String> name, boolean hidden) {
    private static final Place NONE = new Place(Optional.empty(), false);
    private static final Place HIDDEN = new Place(Optional.empty(), true);
  }

  /** The host that a machine is on. */
  Place host(ManagedObject machine) {
    return machine.hides("runtime.host")
        ? Place.HIDDEN
        : hostOf(machine).map(InventoryTree::named).orElse(Place.NONE);
  }

  /** The cluster of that host. A host outside of clusters has a parent too, which is none. */
  Place cluster(ManagedObject machine) {
    if (machine.hides("runtime.host")) {
      return Place.HIDDEN;
    }
    Optional<ManagedObject> host = hostOf(machine);
    if (host.isPresent() && host.get().hides("parent")) {
      return Place.HIDDEN;
    }
    return host.flatMap(found -> found.reference("parent"))
        .filter(parent -> parent.getType().equals("ClusterComputeResource"))
        .flatMap(this::find)
        .map(InventoryTree::named)
        .orElse(Place.NONE);
  }

  /** The data center of a machine's folder. */
  Place datacenter(ManagedObject machine) {
    Path path = path(machine);
    return path.elements().stream()
        .filter(element -> element.self().getType().equals("Datacenter"))
        .findFirst()
        .map(InventoryTree::named)
        .orElse(path.hidden() ? Place.HIDDEN : Place.NONE);
  }

  /**
   * The path of a machine's folder, such as {@code /DC0/vm/web}; for a machine in a vApp that of
   * the outermost vApp's folder. An element whose name is hidden shows as its reference's value.
   */
  Place folder(ManagedObject machine) {
    Path path = path(machine);
    if (path.elements().isEmpty()) {
      return path.hidden() ? Place.HIDDEN : Place.NONE;
    }
    StringBuilder text = new StringBuilder();
    for (ManagedObject element : path.elements()) {
      String name = element.text("name").map(Texts::pathElement).orElse(element.self().getVal());
      text.append('/').append(name);
    }
    return new Place(Optional.of(text.toString()), false);
  }

  /** From below the root, or from where it stops being visible, down to the machine's folder. */
  private record Path(Deque<ManagedObject> elements, boolean hidden) {}

  private Path path(ManagedObject machine) {
    Deque<ManagedObject> elements = new ArrayDeque<>();
    Optional<ManagedObject> inner = outermostVApp(machine);
    ManagedObject below = inner.orElse(machine);
    String property = inner.isPresent() ? "parentFolder" : "parent";
    while (elements.size() < DEEPEST) {
      Optional<ManagedObject> above = below.reference(property).flatMap(this::find);
      if (above.isEmpty() || above.get().self().getVal().equals(root)) {
        return new Path(elements, below.hides(property));
      }
      below = above.get();
      property = "parent";
      elements.addFirst(below);
    }
    return new Path(elements, false);
  }

  private Optional<ManagedObject> outermostVApp(ManagedObject machine) {
    Optional<ManagedObject> vApp = machine.reference("parentVApp").flatMap(this::find);
    for (int i = 0; i < DEEPEST && vApp.isPresent(); i++) {
      Optional<ManagedObject> outer =
          vApp.get()
              .reference("parent")
              .filter(parent -> parent.getType().equals("VirtualApp"))
              .flatMap(this::find);
      if (outer.isEmpty()) {
        return vApp;
      }
      vApp = outer;
    }
    return vApp;
  }

  private Optional<ManagedObject> hostOf(ManagedObject machine) {
    return machine.reference("runtime.host").flatMap(this::find);
  }

  private Optional<ManagedObject> find(ManagedObjectReference reference) {
    return Optional.ofNullable(places.get(reference.getVal()));
  }

  private static Place named(ManagedObject place) {
    return new Place(place.text("name").map(Texts::name), place.hides("name"));
  }
}
