package io.vminventory.testkit.vcenter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Folder for data centers, machines, hosts, datastores or networks. */
final class Folder extends ManagedEntity {

  static final List<String> DATACENTERS = List.of("Folder", "Datacenter");
  static final List<String> MACHINES = List.of("Folder", "VirtualMachine", "VirtualApp");
  static final List<String> HOSTS = List.of("Folder", "ComputeResource");
  static final List<String> DATASTORES = List.of("Folder", "Datastore", "StoragePod");
  static final List<String> NETWORKS = List.of("Folder", "Network", "DistributedVirtualSwitch");

  private final List<String> childTypes;

  Folder(MoRef ref, String name, List<String> childTypes) {
    super(ref, name);
    this.childTypes = childTypes;
  }

  List<String> childTypes() {
    return childTypes;
  }

  @Override
  @Nullable Value ownProperty(String property, Scope scope) {
    return switch (property) {
      case "childEntity" -> scope.refs(children());
      case "childType" -> Value.texts(childTypes);
      default -> null;
    };
  }
}
