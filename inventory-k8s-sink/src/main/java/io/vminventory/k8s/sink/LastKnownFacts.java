package io.vminventory.k8s.sink;

import io.vminventory.api.Fact;
import io.vminventory.k8s.VmStatus;
import java.util.Set;

/** Rule for facts that are unknown for now: the record keeps their last known values. */
final class LastKnownFacts {

  private LastKnownFacts() {}

  /**
   * The current status, with the values of unknown facts from the previous one.
   *
   * @param previous the record's status; empty if there is no record yet
   */
  static VmStatus keep(VmStatus current, VmStatus previous, Set<Fact> unknown) {
    if (unknown.isEmpty()) {
      return current;
    }
    VmStatus ips = unknown.contains(Fact.IPS) ? previous : current;
    VmStatus nics = unknown.contains(Fact.NICS) ? previous : current;
    return new VmStatus(
        (unknown.contains(Fact.NAME) ? previous : current).vmname(),
        (unknown.contains(Fact.POWER_STATE) ? previous : current).powerState(),
        (unknown.contains(Fact.NUM_CPU) ? previous : current).numCpu(),
        (unknown.contains(Fact.MEMORY_MB) ? previous : current).memoryMB(),
        ips.ips(),
        ips.ipsTruncated(),
        ips.primaryIP(),
        (unknown.contains(Fact.GUEST_HOST_NAME) ? previous : current).guestHostName(),
        (unknown.contains(Fact.GUEST_OS) ? previous : current).guestOS(),
        (unknown.contains(Fact.TOOLS_STATUS) ? previous : current).toolsStatus(),
        (unknown.contains(Fact.TEMPLATE) ? previous : current).template(),
        (unknown.contains(Fact.HOST) ? previous : current).host(),
        (unknown.contains(Fact.CLUSTER) ? previous : current).cluster(),
        (unknown.contains(Fact.DATACENTER) ? previous : current).datacenter(),
        (unknown.contains(Fact.FOLDER) ? previous : current).folder(),
        (unknown.contains(Fact.INSTANCE_UUID) ? previous : current).instanceUuid(),
        (unknown.contains(Fact.BIOS_UUID) ? previous : current).biosUuid(),
        nics.nics(),
        nics.nicsTruncated(),
        current.updateDate(),
        current.conditions());
  }
}
