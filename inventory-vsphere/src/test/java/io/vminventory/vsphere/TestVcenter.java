package io.vminventory.vsphere;

import io.vminventory.api.ProviderSettings;
import io.vminventory.api.Tenant;
import io.vminventory.api.VirtualMachineId;
import io.vminventory.testkit.changes.PlatformActions;
import io.vminventory.testkit.vcenter.VcenterAdmin;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A vCenter that tests change while it is read: the embedded one, or a foreign one. Machines are
 * addressed by their managed object ids.
 */
abstract class TestVcenter implements AutoCloseable {

  private final VcenterAdmin admin;
  private final String host;
  private final String caFile;

  TestVcenter(VcenterAdmin admin, String host, String caFile) {
    this.admin = admin;
    this.host = host;
    this.caFile = caFile;
  }

  /** Settings that reach it, without trust. */
  Map<String, String> settingsWithoutTrust() {
    return Map.of("host", host);
  }

  /** Settings that reach it and trust its authority. */
  Map<String, String> settings() {
    return Map.of("host", host, "ca-file", caFile);
  }

  /** Its address. */
  URI url() {
    return URI.create(host);
  }

  /** The number of login attempts, if it is known. */
  OptionalInt logins() {
    return OptionalInt.empty();
  }

  /** Lets it lose the history of its updates; false if it cannot do that on demand. */
  boolean loseHistory() {
    return false;
  }

  /** A provider that reaches it and trusts its authority, with some more settings. */
  VsphereProvider provider(Map<String, String> more) throws Exception {
    Map<String, String> values = new HashMap<>(settingsWithoutTrust());
    values.putAll(more);
    if (!more.containsKey("thumbprint")) {
      values.put("ca-file", caFile);
    }
    return (VsphereProvider)
        new VsphereProviderFactory().create(new ProviderSettings("test", values));
  }

  VcenterAdmin admin() {
    return admin;
  }

  /** An account that sees everything. */
  abstract Tenant tenant();

  /** Another account, if there is one. */
  abstract Tenant otherTenant();

  /** Further actions in it. */
  abstract PlatformActions world();

  /** Adds a machine that is powered off. */
  abstract String add(String name);

  abstract void rename(String machine, String name);

  abstract void powerOn(String machine);

  abstract void powerOff(String machine);

  abstract void remove(String machine);

  VirtualMachineId id(String machine) {
    return new VirtualMachineId(admin.instanceUuid() + "/" + machine);
  }

  static String machine(VirtualMachineId id) {
    return id.value().split("/", 2)[1];
  }

  Set<VirtualMachineId> machines() {
    String prefix = admin.instanceUuid() + "/";
    return admin.machines().stream()
        .map(machine -> new VirtualMachineId(prefix + machine))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The keys of all sessions but the administrator's. */
  Set<String> sessions() {
    return admin.otherSessions();
  }

  @Override
  public void close() {
    admin.close();
  }
}
