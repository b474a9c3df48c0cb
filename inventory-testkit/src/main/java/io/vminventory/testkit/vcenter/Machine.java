package io.vminventory.testkit.vcenter;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Virtual machine in the tree: below a folder or in a vApp, on a host. */
final class Machine extends ManagedEntity {

  private final String serverUuid;
  private SimulatedMachine model;
  private @Nullable HostSystem host;
  private @Nullable ResourcePool pool;
  private long movedAt;
  private long announcedAt;

  Machine(MoRef ref, SimulatedMachine model, String serverUuid) {
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

  /** Its resource pool or vApp; empty without a host. */
  Optional<ResourcePool> pool() {
    return Optional.ofNullable(pool);
  }

  /** The revision of its last move, alone or with a folder above it. */
  long movedAt() {
    return movedAt;
  }

  void movedAt(long revision) {
    movedAt = revision;
  }

  /** The revision of its last repeated enter. */
  long announcedAt() {
    return announcedAt;
  }

  void announce(long revision) {
    announcedAt = revision;
  }

  /** Moves it to a host and a pool, or away from both. */
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
  @Nullable ManagedEntity container() {
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
