package io.vminventory.api;

/**
 * Facts that a {@link VirtualMachine} may have besides its identity. The constants print as its
 * accessors are called, such as {@code numCpu}. Constants will be added; their order is the order
 * in which facts are reported.
 */
public enum Fact {
  NAME("name"),
  POWER_STATE("powerState"),
  NUM_CPU("numCpu"),
  MEMORY_MB("memoryMB"),
  IPS("ips"),
  NICS("nics"),
  GUEST_HOST_NAME("guestHostName"),
  GUEST_OS("guestOS"),
  TOOLS_STATUS("toolsStatus"),
  TEMPLATE("template"),
  HOST("host"),
  CLUSTER("cluster"),
  DATACENTER("datacenter"),
  FOLDER("folder"),
  INSTANCE_UUID("instanceUuid"),
  BIOS_UUID("biosUuid");

  private final String accessor;

  Fact(String accessor) {
    this.accessor = accessor;
  }

  /** The name of the accessor of {@link VirtualMachine}. */
  @Override
  public String toString() {
    return accessor;
  }
}
