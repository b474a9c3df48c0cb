package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resource pool, or vApp, which also has a location among the folders. */
final class ResourcePool extends ManagedEntity {

  private final Set<Machine> machines = new LinkedHashSet<>();
  private final @Nullable Folder place;

  /**
   * @param ref of a {@code ResourcePool} or a {@code VirtualApp}
   * @param place the folder of a vApp, {@code null} for a plain pool
   */
  ResourcePool(MoRef ref, String name, @Nullable Folder place) {
    super(ref, name);
    this.place = place;
    if (place != null) {
      place.children().add(this);
    }
  }

  @Override
  @Nullable ManagedEntity container() {
    return place == null ? parent() : place;
  }

  Set<Machine> machines() {
    return machines;
  }

  @Override
  Collection<? extends ManagedEntity> contents() {
    List<ManagedEntity> all = new ArrayList<>(children());
    all.addAll(machines);
    return all;
  }

  @Override
  @Nullable Value ownProperty(String property, Scope scope) {
    return switch (property) {
      case "owner" -> owner().ref();
      case "resourcePool" -> scope.refs(children(ResourcePool.class));
      case "vm" -> scope.refs(machines);
      case "parentFolder" -> place == null ? null : place.ref();
      default -> null;
    };
  }

  private ManagedEntity owner() {
    ManagedEntity owner = this;
    while (owner instanceof ResourcePool && owner.parent() != null) {
      owner = owner.parent();
    }
    return owner;
  }
}
