package io.vminventory.testkit.vcenter;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A virtual machine in its place: below a folder or in a vApp, on a host. */
final class Machine extends Entity {

  private final String serverUuid;
  private SimulatedMachine model;
  private @Nullable HostSystem host;
  private @Nullable ResourcePool pool;
  private long placed;
  private long announced;

  Machine(Ref ref, SimulatedMachine model, String serverUuid) {
    super(ref, model.name());
    this.model = model;
    this.serverUuid = serverUuid;
  }

  SimulatedMachine model() {
    return model;
  }

  void model(SimulatedMachine newModel) {
    model = newModel;
    rename(newModel.name());
  }

  Optional<HostSystem> host() {
    return Optional.ofNullable(host);
  }

  /** Its resource pool or vApp; none if it has no host either. */
  Optional<ResourcePool> pool() {
    return Optional.ofNullable(pool);
  }

  /** The revision of the inventory in which it, or a folder above it, was moved last. */
  long placed() {
    return placed;
  }

  void placed(long revision) {
    placed = revision;
  }

  /** The revision in which it was to be told of once more. */
  long announced() {
    return announced;
  }

  void announce(long revision) {
    announced = revision;
  }

  /** Puts it onto a host and into a pool, or takes it away from both. */
  void runOn(@Nullable HostSystem newHost, @Nullable ResourcePool newPool) {
    if (host != null) {
      host.machines().remove(this);
    }
    if (pool != null) {
      pool.machines().remove(this);
    }
    host = newHost;
    pool = newPool;
    if (host != null) {
      host.machines().add(this);
    }
    if (pool != null) {
      pool.machines().add(this);
    }
  }

  @Override
  @Nullable Entity container() {
    return parent() == null ? pool : parent();
  }

  @Override
  @Nullable Value ownProperty(String property, Scope scope) {
    return switch (property) {
      case "parentVApp" -> parent() == null && pool != null ? pool.ref() : null;
      case "resourcePool" -> pool == null ? null : pool.ref();
      default -> new MachineProperties(this, serverUuid).property(property);
    };
  }
}
