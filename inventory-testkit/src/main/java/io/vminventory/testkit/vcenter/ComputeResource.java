package io.vminventory.testkit.vcenter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cluster, or compute resource of a standalone host; with its root resource pool. */
final class ComputeResource extends ManagedEntity {

  private final ResourcePool pool;

  /**
   * @param ref of a {@code ClusterComputeResource} or a {@code ComputeResource}
   * @param pool its root pool
   */
  ComputeResource(MoRef ref, String name, ResourcePool pool) {
    super(ref, name);
    this.pool = pool;
    pool.moveTo(this);
  }

  ResourcePool pool() {
    return pool;
  }

  @Override
  @Nullable Value ownProperty(String property, Scope scope) {
    return switch (property) {
      case "host" -> scope.refs(children(HostSystem.class));
      case "resourcePool" -> pool.ref();
      case "datastore", "network" -> Value.refs(List.of());
      default -> null;
    };
  }
}
