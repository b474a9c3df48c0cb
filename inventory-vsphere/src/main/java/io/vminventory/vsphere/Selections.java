package io.vminventory.vsphere;

import com.vmware.vim25.ManagedObjectReference;
import com.vmware.vim25.ObjectSpec;
import com.vmware.vim25.PropertyFilterSpec;
import com.vmware.vim25.PropertySpec;
import com.vmware.vim25.SelectionSpec;
import com.vmware.vim25.TraversalSpec;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** What is read of which objects, as the property collector wants it said. Pure. */
final class Selections {

  private static final String[] NAMED = {"name", "parent"};

  /** What is read of the places. Subclasses are listed too: not every server implies them. */
  private static final List<PropertySpec> PLACES =
      List.of(
          properties("Folder", NAMED),
          properties("Datacenter", NAMED),
          properties("ComputeResource", NAMED),
          properties("ClusterComputeResource", NAMED),
          properties("HostSystem", NAMED),
          properties("VirtualApp", "name", "parent", "parentFolder"));

  private static final List<PropertySpec> MACHINES =
      List.of(properties("VirtualMachine", MachineMapper.PROPERTIES.toArray(String[]::new)));

  private Selections() {}

  /** The types of places where machines are. */
  static List<String> placeTypes() {
    return PLACES.stream().map(PropertySpec::getType).toList();
  }

  /** The type of machines. */
  static List<String> machineTypes() {
    return MACHINES.stream().map(PropertySpec::getType).toList();
  }

  /** All places in a view. */
  static PropertyFilterSpec places(ManagedObjectReference view) {
    return filter(PLACES, membersOf(view));
  }

  /** All machines in a view. */
  static PropertyFilterSpec machines(ManagedObjectReference view) {
    return filter(MACHINES, membersOf(view));
  }

  /** These places and machines. The server refuses all of them if one does not exist. */
  static PropertyFilterSpec objects(Collection<ManagedObjectReference> objects) {
    ObjectSpec[] each = objects.stream().map(Selections::itself).toArray(ObjectSpec[]::new);
    return filter(Stream.concat(PLACES.stream(), MACHINES.stream()).toList(), each);
  }

  /** The references of the members of a view. */
  static PropertyFilterSpec members(ManagedObjectReference view) {
    return filter(List.of(properties("ContainerView", "view")), itself(view));
  }

  private static ObjectSpec itself(ManagedObjectReference object) {
    ObjectSpec spec = new ObjectSpec();
    spec.setObj(object);
    spec.setSkip(false);
    return spec;
  }

  private static ObjectSpec membersOf(ManagedObjectReference view) {
    TraversalSpec members = new TraversalSpec();
    members.setName("members");
    members.setType("ContainerView");
    members.setPath("view");
    members.setSkip(false);
    ObjectSpec start = new ObjectSpec();
    start.setObj(view);
    start.setSkip(true);
    start.setSelectSet(new SelectionSpec[] {members});
    return start;
  }

  private static PropertyFilterSpec filter(List<PropertySpec> properties, ObjectSpec... objects) {
    PropertyFilterSpec spec = new PropertyFilterSpec();
    spec.setObjectSet(Arrays.copyOf(objects, objects.length));
    spec.setPropSet(properties.toArray(PropertySpec[]::new));
    return spec;
  }

  private static PropertySpec properties(String type, String... paths) {
    PropertySpec spec = new PropertySpec();
    spec.setType(type);
    spec.setPathSet(paths);
    return spec;
  }
}
