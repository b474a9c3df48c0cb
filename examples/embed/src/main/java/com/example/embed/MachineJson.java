package com.example.embed;

import com.fasterxml.jackson.jr.ob.JSON;
import io.vminventory.api.Fact;
import io.vminventory.api.Inventory;
import io.vminventory.api.Nic;
import io.vminventory.api.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Machines as JSON. A fact without a value is absent. */
final class MachineJson {

  private static final JSON WRITER = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT);

  private MachineJson() {}

  static String of(Inventory inventory) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("server", inventory.serverVersion());
    document.put("machines", inventory.machines().stream().map(MachineJson::machine).toList());
    try {
      return WRITER.asString(document) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write JSON", e);
    }
  }

  private static Map<String, Object> machine(VirtualMachine vm) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", vm.id().value());
    fields.put("name", vm.name());
    vm.powerState().ifPresent(value -> fields.put("powerState", value.toString()));
    vm.numCpu().ifPresent(value -> fields.put("numCpu", value));
    vm.memoryMB().ifPresent(value -> fields.put("memoryMB", value));
    fields.put("ips", vm.ips());
    fields.put("nics", vm.nics().stream().map(MachineJson::nic).toList());
    vm.guestHostName().ifPresent(value -> fields.put("guestHostName", value));
    vm.guestOS().ifPresent(value -> fields.put("guestOS", value));
    vm.toolsStatus().ifPresent(value -> fields.put("toolsStatus", value));
    vm.template().ifPresent(value -> fields.put("template", value));
    vm.host().ifPresent(value -> fields.put("host", value));
    vm.cluster().ifPresent(value -> fields.put("cluster", value));
    vm.datacenter().ifPresent(value -> fields.put("datacenter", value));
    vm.folder().ifPresent(value -> fields.put("folder", value));
    vm.instanceUuid().ifPresent(value -> fields.put("instanceUuid", value));
    vm.biosUuid().ifPresent(value -> fields.put("biosUuid", value));
    fields.put("unknown", vm.unknown().stream().map(Fact::toString).toList());
    fields.put("unreadable", vm.unreadable().stream().map(Fact::toString).toList());
    return fields;
  }

  private static Map<String, Object> nic(Nic nic) {
    Map<String, Object> fields = new LinkedHashMap<>();
    nic.mac().ifPresent(value -> fields.put("mac", value));
    nic.network().ifPresent(value -> fields.put("network", value));
    fields.put("ips", nic.ips());
    return fields;
  }
}
