package io.vminventory.operator;

import io.vminventory.k8s.VmStatus;

/** Facts of a machine that all peers can provide, to be compared with its record. */
record MachineSummary(String name, String powerState, int cpus, int memoryMB) {

  static MachineSummary of(VmStatus record) {
    return new MachineSummary(
        String.valueOf(record.vmname()),
        String.valueOf(record.powerState()),
        record.numCpu() == null ? 0 : record.numCpu(),
        record.memoryMB() == null ? 0 : record.memoryMB());
  }
}
