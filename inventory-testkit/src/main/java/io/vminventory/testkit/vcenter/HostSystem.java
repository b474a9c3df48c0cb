package io.vminventory.testkit.vcenter;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A host and the machines on it. */
final class HostSystem extends Entity {

  private final Set<Machine> machines = new LinkedHashSet<>();

  HostSystem(Ref ref, String name) {
    super(ref, name);
  }

  Set<Machine> machines() {
    return machines;
  }

  /** The pool of its cluster, or its own if it is in none. */
  ResourcePool pool() {
    if (parent() instanceof ComputeResource compute) {
      return compute.pool();
    }
    throw new IllegalStateException("a host outside of a compute resource: " + name());
  }

  @Override
  Collection<? extends Entity> contents() {
    return machines;
  }

  @Override
  @Nullable Value ownProperty(String property, Scope scope) {
    return switch (property) {
      case "vm" -> scope.refs(machines);
      case "datastore", "network" -> Value.refs(List.of());
      case "runtime" -> runtime();
      case "summary" ->
          Data.of("HostListSummary")
              .with("host", ref())
              .with("runtime", runtime())
              .with(
                  "config",
                  Data.of("HostConfigSummary")
                      .with("name", name())
                      .with("port", 443)
                      .with("vmotionEnabled", false))
              .with("overallStatus", Value.constant("ManagedEntityStatus", "green"))
              .with("rebootRequired", false);
      default -> null;
    };
  }

  private static Data runtime() {
    return Data.of("HostRuntimeInfo")
        .with("connectionState", Value.constant("HostSystemConnectionState", "connected"))
        .with("powerState", Value.constant("HostSystemPowerState", "poweredOn"))
        .with("inMaintenanceMode", false);
  }
}
