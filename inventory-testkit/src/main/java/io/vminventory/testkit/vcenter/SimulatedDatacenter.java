package io.vminventory.testkit.vcenter;

import java.util.List;

/** Builder of the contents of a data center, before the start. */
public final class SimulatedDatacenter {

  private final Layout layout;
  private final Datacenter datacenter;

  SimulatedDatacenter(Layout layout, Datacenter datacenter) {
    this.layout = layout;
    this.datacenter = datacenter;
  }

  /** Adds a cluster with these hosts. Host names are unique on the server. */
  public SimulatedDatacenter cluster(String name, String... hosts) {
    layout.cluster(datacenter, name, List.of(hosts));
    return this;
  }

  /** Adds a standalone host. */
  public SimulatedDatacenter host(String name) {
    layout.standaloneHost(datacenter, name);
    return this;
  }

  /** Adds a folder for machines, such as {@code web/front}. */
  public SimulatedDatacenter folder(String path) {
    layout.machineFolder(datacenter.path() + "/vm/" + path);
    return this;
  }

  /** Adds a vApp in folder {@code vm}. It needs a host that is declared before. */
  public SimulatedDatacenter vApp(String name) {
    layout.vApp(datacenter, name);
    return this;
  }
}
