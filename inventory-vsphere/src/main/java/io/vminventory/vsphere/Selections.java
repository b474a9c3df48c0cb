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

/** Filter specs for the property collector: which properties to read of which objects. Pure. */
final class Selections {

  private static final String[] NAMED = {"name", "parent"};

  /** Properties of other entities. Subclasses are listed too: not every server implies them. */
  private static final List<PropertySpec> ENTITIES =
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

  /** The types of managed entities other than machines. */
  static List<String> entityTypes() {
    return ENTITIES.stream().map(PropertySpec::getType).toList();
  }

  /** The type of machines. */
  static List<String> machineTypes() {
    return MACHINES.stream().map(PropertySpec::getType).toList();
  }

  /** All entities in a view of those. */
  static PropertyFilterSpec entities(ManagedObjectReference view) {
    return filter(ENTITIES, membersOf(view));
  }

  /** All machines in a view. */
  static PropertyFilterSpec machines(ManagedObjectReference view) {
    return filter(MACHINES, membersOf(view));
  }

  /** These entities and machines. The server refuses all of them if one does not exist. */
  static PropertyFilterSpec objects(Collection<ManagedObjectReference> objects) {
    ObjectSpec[] each = objects.stream().map(Selections::itself).toArray(ObjectSpec[]::new);
    return filter(Stream.concat(ENTITIES.stream(), MACHINES.stream()).toList(), each);
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
