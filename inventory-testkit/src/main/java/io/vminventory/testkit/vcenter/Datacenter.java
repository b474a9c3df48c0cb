package io.vminventory.testkit.vcenter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A data center with its four folders. */
final class Datacenter extends ManagedEntity {

  private final Folder vms;
  private final Folder hosts;
  private final Folder datastores;
  private final Folder networks;

  Datacenter(MoRef ref, String name, Folder vms, Folder hosts, Folder datastores, Folder networks) {
    super(ref, name);
    this.vms = vms;
    this.hosts = hosts;
    this.datastores = datastores;
    this.networks = networks;
    for (Folder folder : List.of(vms, hosts, datastores, networks)) {
      folder.moveTo(this);
    }
  }

  Folder vms() {
    return vms;
  }

  Folder hosts() {
    return hosts;
  }

  @Override
  @Nullable Value ownProperty(String property, Scope scope) {
    return switch (property) {
      case "vmFolder" -> vms.ref();
      case "hostFolder" -> hosts.ref();
      case "datastoreFolder" -> datastores.ref();
      case "networkFolder" -> networks.ref();
      case "datastore", "network" -> Value.refs(List.of());
      default -> null;
    };
  }
}
