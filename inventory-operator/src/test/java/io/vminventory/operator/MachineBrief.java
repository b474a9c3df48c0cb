package io.vminventory.operator;

import io.vminventory.k8s.VmStatus;

/** What can be compared between a machine and its record, whatever the peers. */
record MachineBrief(String name, String powerState, int cpus, int memoryMB) {

  static MachineBrief of(VmStatus record) {
    return new MachineBrief(
        String.valueOf(record.vmname()),
        String.valueOf(record.powerState()),
        record.numCpu() == null ? 0 : record.numCpu(),
        record.memoryMB() == null ? 0 : record.memoryMB());
  }
}
