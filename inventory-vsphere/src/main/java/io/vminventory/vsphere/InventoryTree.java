package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * Tree of the managed entities that contain machines: folders, data centers, clusters, hosts and
 * vApps. An account may see a machine without all of these, so every location may be empty, and a
 * path may lack its beginning.
 *
 * @param root the value of the root folder's reference; paths begin below it
 * @param entities the entities by the values of their references
 */
record InventoryTree(String root, Map<String, ManagedObject> entities) {

  private static final int MAX_DEPTH = 100;

  InventoryTree {
    entities = Map.copyOf(entities);
  }

  /**
   * Location of a machine, as far as the account sees it.
   *
   * @param name a name or a path; empty if there is none, or if it is hidden
   * @param hidden whether there is, or may be, an entity that the account does not see
   */
  record Location(Optional<String> name, boolean hidden) {
    private static final Location NONE = new Location(Optional.empty(), false);
    private static final Location HIDDEN = new Location(Optional.empty(), true);
  }

  /** The host on which a machine runs. */
  Location host(ManagedObject machine) {
    return location(machine, "runtime.host");
  }

  /** The cluster of that host. The parent of a host outside of clusters is not a cluster. */
  Location cluster(ManagedObject machine) {
    Optional<ManagedObject> host = follow(machine, "runtime.host");
    if (host.isEmpty()) {
      return isHidden(machine, "runtime.host") ? Location.HIDDEN : Location.NONE;
    }
    boolean standalone =
        host.get()
            .reference("parent")
            .filter(parent -> !parent.getType().equals("ClusterComputeResource"))
            .isPresent();
    return standalone ? Location.NONE : location(host.get(), "parent");
  }

  /** The data center of a machine's folder. */
  Location datacenter(ManagedObject machine) {
    Path path = path(machine);
    return path.elements().stream()
        .filter(element -> element.self().getType().equals("Datacenter"))
        .findFirst()
        .map(InventoryTree::named)
        .orElse(path.hidden() ? Location.HIDDEN : Location.NONE);
  }

  /**
   * The path of a machine's folder, such as {@code /DC0/vm/web}; for a machine in a vApp that of
   * the outermost vApp's folder. The value of its reference replaces a hidden name.
   */
  Location folder(ManagedObject machine) {
    Path path = path(machine);
    if (path.elements().isEmpty()) {
      return path.hidden() ? Location.HIDDEN : Location.NONE;
    }
    StringBuilder text = new StringBuilder();
    for (ManagedObject element : path.elements()) {
      String name = element.text("name").map(VimText::pathElement).orElse(element.self().getVal());
      text.append('/').append(name);
    }
    return new Location(Optional.of(VimText.truncate(text.toString()).intern()), false);
  }

  /**
   * Entities from below the root down to the machine's folder.
   *
   * @param hidden whether the account does not see the beginning
   */
  private record Path(Deque<ManagedObject> elements, boolean hidden) {}

  private Path path(ManagedObject machine) {
    Deque<ManagedObject> elements = new ArrayDeque<>();
    ManagedObject current = machine;
    for (int i = 0; i < MAX_DEPTH; i++) {
      String property = parentProperty(current);
      if (current.reference(property).filter(parent -> parent.getVal().equals(root)).isPresent()) {
        return new Path(elements, false);
      }
      Optional<ManagedObject> parent = follow(current, property);
      if (parent.isEmpty()) {
        return new Path(elements, isHidden(current, property));
      }
      current = parent.get();
      if (!isVApp(current.self())) {
        elements.addFirst(current);
      }
    }
    return new Path(elements, false);
  }

  /** The property that leads to the folder. An object in a vApp has no folder of its own. */
  private static String parentProperty(ManagedObject object) {
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

  private Location location(ManagedObject object, String property) {
    return follow(object, property)
        .map(InventoryTree::named)
        .orElse(isHidden(object, property) ? Location.HIDDEN : Location.NONE);
  }

  private static Location named(ManagedObject entity) {
    return new Location(entity.text("name").map(VimText::unescapeName), entity.isHidden("name"));
  }

  private Optional<ManagedObject> follow(ManagedObject object, String property) {
    return object.reference(property).flatMap(to -> Optional.ofNullable(entities.get(to.getVal())));
  }

  /** Whether the property may refer to an entity that the account does not see. */
  private boolean isHidden(ManagedObject object, String property) {
    return object.isHidden(property)
        || (object.reference(property).isPresent() && follow(object, property).isEmpty());
  }
}
