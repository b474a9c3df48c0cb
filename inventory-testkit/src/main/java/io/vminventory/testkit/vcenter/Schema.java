package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Types, their base types and their property paths. Paths are learned from a small inventory in
 * which every property is set, so that each is defined in one place only: where its value is made.
 * Properties that this server never sets are listed here.
 */
final class Schema {

  private static final Map<String, String> BASES =
      Map.of(
          "ClusterComputeResource", "ComputeResource",
          "VirtualApp", "ResourcePool",
          "ComputeResource", "ManagedEntity",
          "Datacenter", "ManagedEntity",
          "Folder", "ManagedEntity",
          "HostSystem", "ManagedEntity",
          "ResourcePool", "ManagedEntity",
          "VirtualMachine", "ManagedEntity",
          "ManagedEntity", "ExtensibleManagedObject");

  private static final List<String> OF_EVERY_ENTITY =
      List.of("name", "parent", "overallStatus", "configStatus");

  private static final Set<String> NEVER_SET_ON_ENTITIES =
      Set.of(
          "alarmActionsEnabled",
          "availableField",
          "configIssue",
          "customValue",
          "declaredAlarmState",
          "disabledMethod",
          "effectiveRole",
          "permission",
          "recentTask",
          "tag",
          "triggeredAlarmState",
          "value");

  private static final Map<String, List<String>> OWN =
      Map.of(
          "ClusterComputeResource",
          List.of("host", "resourcePool", "datastore", "network"),
          "ComputeResource",
          List.of("host", "resourcePool", "datastore", "network"),
          "ContainerView",
          List.of("container", "type", "recursive", "view"),
          "Datacenter",
          List.of(
              "vmFolder", "hostFolder", "datastoreFolder", "networkFolder", "datastore", "network"),
          "Folder",
          List.of("childEntity", "childType"),
          "HostSystem",
          List.of("vm", "runtime", "summary", "datastore", "network"),
          "ResourcePool",
          List.of("owner", "resourcePool", "vm"),
          "SessionManager",
          List.of("sessionList", "currentSession"),
          "VirtualApp",
          List.of("owner", "resourcePool", "vm", "parentFolder"),
          "VirtualMachine",
          List.of(
              "config",
              "runtime",
              "guest",
              "summary",
              "resourcePool",
              "parentVApp",
              "guestHeartbeatStatus",
              "datastore",
              "network",
              "rootSnapshot"));

  private static final Map<String, Set<String>> NEVER_SET =
      Map.of(
          "ClusterComputeResource",
          Set.of("configuration", "configurationEx", "summary", "environmentBrowser"),
          "ComputeResource",
          Set.of("configurationEx", "summary", "environmentBrowser"),
          "Datacenter",
          Set.of("configuration"),
          "HostSystem",
          Set.of("config", "hardware", "capability", "configManager", "systemResources"),
          "ResourcePool",
          Set.of("config", "runtime", "summary", "childConfiguration"),
          "VirtualApp",
          Set.of("config", "runtime", "summary", "childConfiguration", "vAppConfig", "childLink"),
          "VirtualMachine",
          Set.of(
              "capability",
              "environmentBrowser",
              "layout",
              "layoutEx",
              "resourceConfig",
              "snapshot",
              "storage"));

  private static final Map<String, ManagedEntity> EXAMPLES = examples();

  private Schema() {}

  /** Whether a type is another one, or derived from it. */
  static boolean isA(String type, String base) {
    String current = type;
    while (current != null) {
      if (current.equals(base) || base.equals("ManagedObject")) {
        return true;
      }
      current = BASES.get(current);
    }
    return false;
  }

  /** Whether the properties of a type are known. */
  static boolean knows(String type) {
    return OWN.containsKey(type) || type.equals("ManagedEntity");
  }

  /** All properties that objects of a type may have set, in a fixed order. */
  static List<String> properties(String type) {
    List<String> all = new ArrayList<>();
    if (isA(type, "ManagedEntity")) {
      all.addAll(OF_EVERY_ENTITY);
    }
    all.addAll(OWN.getOrDefault(type, List.of()));
    return all;
  }

  /** Whether there is such a path, be it set or not. */
  static boolean hasPath(String type, PropertyPath path) {
    if (NEVER_SET.getOrDefault(type, Set.of()).contains(path.head())
        || (isA(type, "ManagedEntity") && NEVER_SET_ON_ENTITIES.contains(path.head()))) {
      return true;
    }
    if (!properties(type).contains(path.head())) {
      return false;
    }
    if (path.tail().isEmpty()) {
      return true;
    }
    ManagedEntity example = EXAMPLES.get(type);
    return example != null && has(example.property(path.head(), Scope.ALL), path.tail());
  }

  private static boolean has(@Nullable Value value, List<String> fields) {
    if (fields.isEmpty()) {
      return true;
    }
    return value instanceof DataObject data
        && data.has(fields.get(0))
        && has(data.get(fields.get(0)), fields.subList(1, fields.size()));
  }

  private static Map<String, ManagedEntity> examples() {
    Inventory inventory = new Inventory("example", new ChangeSignal());
    Datacenter datacenter = inventory.layout().datacenter("DC");
    inventory.layout().cluster(datacenter, "C", List.of("H"));
    inventory.add(SimulatedMachine.named("example").ip("192.0.2.1").poweredOn());
    Machine machine = inventory.machine("vm-1");
    return Map.of("VirtualMachine", machine, "HostSystem", machine.host().orElseThrow());
  }
}
