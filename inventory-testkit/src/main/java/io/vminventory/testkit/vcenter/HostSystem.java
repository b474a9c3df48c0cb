package io.vminventory.testkit.vcenter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Host with its machines. */
final class HostSystem extends ManagedEntity {

  private final Set<Machine> machines = new LinkedHashSet<>();

  HostSystem(MoRef ref, String name) {
    super(ref, name);
  }

  Set<Machine> machines() {
    return machines;
  }

  /** The root pool of its cluster or compute resource. */
  ResourcePool pool() {
    if (parent() instanceof ComputeResource compute) {
      return compute.pool();
    }
    throw new IllegalStateException("a host outside of a compute resource: " + name());
  }

  @Override
  Collection<? extends ManagedEntity> contents() {
    return machines;
  }

  @Override
  @Nullable Value ownProperty(String property, Scope scope) {
    return switch (property) {
      case "vm" -> scope.refs(machines);
      case "datastore", "network" -> Value.refs(List.of());
      case "runtime" -> runtime();
      case "summary" ->
          DataObject.of("HostListSummary")
              .with("host", ref())
              .with("runtime", runtime())
              .with(
                  "config",
                  DataObject.of("HostConfigSummary")
                      .with("name", name())
                      .with("port", 443)
                      .with("vmotionEnabled", false))
              .with("overallStatus", Value.constant("ManagedEntityStatus", "green"))
              .with("rebootRequired", false);
      default -> null;
    };
  }

  private static DataObject runtime() {
    return DataObject.of("HostRuntimeInfo")
        .with("connectionState", Value.constant("HostSystemConnectionState", "connected"))
        .with("powerState", Value.constant("HostSystemPowerState", "poweredOn"))
        .with("inMaintenanceMode", false);
  }
}
