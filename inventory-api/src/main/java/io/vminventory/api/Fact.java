package io.vminventory.api;

/**
 * What may be known of a machine besides its identity. The constants print as the fields are called
 * in a {@code VM} record's status.
 */
public enum Fact {
  NAME("vmname"),
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

  private final String field;

  Fact(String field) {
    this.field = field;
  }

  /** The field of a record's status that holds this fact. */
  @Override
  public String toString() {
    return field;
  }
}
