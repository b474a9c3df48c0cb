package io.vminventory.testkit.vcenter;

import java.util.List;

/** Declares what a data center has, before the start. */
public final class SimulatedDatacenter {

  private final Layout layout;
  private final Datacenter datacenter;

  SimulatedDatacenter(Layout layout, Datacenter datacenter) {
    this.layout = layout;
    this.datacenter = datacenter;
  }

  /** A cluster with these hosts. Host names are unique on the server. */
  public SimulatedDatacenter cluster(String name, String... hosts) {
    layout.cluster(datacenter, name, List.of(hosts));
    return this;
  }

  /** A host that is in no cluster. */
  public SimulatedDatacenter host(String name) {
    layout.standaloneHost(datacenter, name);
    return this;
  }

  /** A folder for machines, such as {@code web/front}. */
  public SimulatedDatacenter folder(String path) {
    layout.machineFolder(datacenter.path() + "/vm/" + path);
    return this;
  }

  /** A vApp in the folder {@code vm}. It needs a host, so declare that before. */
  public SimulatedDatacenter vApp(String name) {
    layout.vApp(datacenter, name);
    return this;
  }
}
