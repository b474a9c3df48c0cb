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
   * @param hidden whether there is one that the account may not see, or there may be
   */
  record Place(Optional<String> name, boolean hidden) {
    private static final Place NONE = new Place(Optional.empty(), false);
    private static final Place HIDDEN = new Place(Optional.empty(), true);
  }

  /** The host that a machine is on. */
  Place host(ManagedObject machine) {
    return place(machine, "runtime.host");
  }

  /** The cluster of that host. A host outside of clusters has a parent too, which is none. */
  Place cluster(ManagedObject machine) {
    Optional<ManagedObject> host = follow(machine, "runtime.host");
    if (host.isEmpty()) {
      return outOfSight(machine, "runtime.host") ? Place.HIDDEN : Place.NONE;
    }
    boolean standalone =
        host.get()
            .reference("parent")
            .filter(parent -> !parent.getType().equals("ClusterComputeResource"))
            .isPresent();
    return standalone ? Place.NONE : place(host.get(), "parent");
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
    return new Place(Optional.of(Texts.cut(text.toString()).intern()), false);
  }

  /**
   * From below the root down to the machine's folder.
   *
   * @param hidden whether it only begins where the account begins to see it
   */
  private record Path(Deque<ManagedObject> elements, boolean hidden) {}

  private Path path(ManagedObject machine) {
    Deque<ManagedObject> elements = new ArrayDeque<>();
    ManagedObject at = machine;
    for (int i = 0; i < DEEPEST; i++) {
      String upward = upward(at);
      if (at.reference(upward).filter(above -> above.getVal().equals(root)).isPresent()) {
        return new Path(elements, false);
      }
      Optional<ManagedObject> above = follow(at, upward);
      if (above.isEmpty()) {
        return new Path(elements, outOfSight(at, upward));
      }
      at = above.get();
      if (!isVApp(at.self())) {
        elements.addFirst(at);
      }
    }
    return new Path(elements, false);
  }

  /** The property that leads to the folder. What is in a vApp has none of its own. */
  private static String upward(ManagedObject object) {
    Optional<ManagedObjectReference> parent = object.reference("parent");
    if (isVApp(object.self())) {
      return parent.filter(InventoryTree::isVApp).isPresent() ? "parent" : "parentFolder";
    }
    boolean inVApp = parent.isEmpty() && object.reference("parentVApp").isPresent();
    return inVApp ? "parentVApp" : "parent";
  }

  private static boolean isVApp(ManagedObjectReference reference) {
    return reference.getType().equals("VirtualApp");
  }

  private Place place(ManagedObject object, String property) {
    return follow(object, property)
        .map(InventoryTree::named)
        .orElse(outOfSight(object, property) ? Place.HIDDEN : Place.NONE);
  }

  private static Place named(ManagedObject place) {
    return new Place(place.text("name").map(Texts::name), place.hides("name"));
  }

  private Optional<ManagedObject> follow(ManagedObject object, String property) {
    return object.reference(property).flatMap(to -> Optional.ofNullable(places.get(to.getVal())));
  }

  /** Whether there may be something that the account does not see: of nothing there is no trace. */
  private boolean outOfSight(ManagedObject object, String property) {
    return object.hides(property)
        || (object.reference(property).isPresent() && follow(object, property).isEmpty());
  }
}
