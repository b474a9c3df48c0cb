package io.vminventory.testkit.vcenter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Properties of a machine as data objects of the vSphere API. */
final class MachineProperties {

  private static final String GREEN = "green";

  private final Machine machine;
  private final SimulatedMachine model;
  private final String serverUuid;
  private final String id;

  MachineProperties(Machine machine, String serverUuid) {
    this.machine = machine;
    this.model = machine.model();
    this.serverUuid = serverUuid;
    this.id = machine.ref().id();
  }

  @Nullable Value property(String property) {
    return switch (property) {
      case "config" -> model.hasConfig() ? config() : null;
      case "guest" -> guest();
      case "runtime" -> runtime();
      case "summary" -> summary();
      case "guestHeartbeatStatus" ->
          Value.constant("ManagedEntityStatus", model.hasGuestInfo() ? GREEN : "gray");
      case "datastore", "network", "rootSnapshot" -> Value.refs(List.of());
      default -> null;
    };
  }

  private String instanceUuid() {
    return model.instanceUuid().orElseGet(() -> uuid("instance"));
  }

  private String biosUuid() {
    return model.biosUuid().orElseGet(() -> uuid("bios"));
  }

  private String uuid(String purpose) {
    String seed = serverUuid + "/" + id + "/" + purpose;
    return UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private String vmPathName() {
    return "[datastore1] " + model.name() + "/" + model.name() + ".vmx";
  }

  private DataObject config() {
    return DataObject.of("VirtualMachineConfigInfo")
        .with("changeVersion", "1")
        .with("name", model.name())
        .with("guestFullName", model.guestFullName())
        .with("version", "vmx-19")
        .with("uuid", biosUuid())
        .with("instanceUuid", instanceUuid())
        .with("template", model.isTemplate())
        .with("guestId", model.guestId())
        .with("alternateGuestName", "")
        .with("annotation", "")
        .with("files", DataObject.of("VirtualMachineFileInfo").with("vmPathName", vmPathName()))
        .with(
            "hardware",
            DataObject.of("VirtualHardware")
                .with("numCPU", model.cpus())
                .with("numCoresPerSocket", 1)
                .with("memoryMB", model.memoryMB())
                .with("device", devices()))
        .with("firmware", "bios");
  }

  private Value devices() {
    List<Value> devices = new ArrayList<>();
    for (int i = 0; i < model.nics().size(); i++) {
      SimulatedNic nic = model.nics().get(i);
      if (nic.deviceConfigId() >= 0) {
        devices.add(device(nic, i));
      }
    }
    return new Value.Many("VirtualDevice", devices);
  }

  private DataObject device(SimulatedNic nic, int index) {
    return DataObject.derived("VirtualVmxnet3")
        .with("key", nic.deviceConfigId())
        .with(
            "deviceInfo",
            DataObject.derived("Description")
                .with("label", "Network adapter " + (index + 1))
                .with("summary", nic.network()))
        .with(
            "backing",
            DataObject.derived("VirtualEthernetCardNetworkBackingInfo")
                .with("deviceName", nic.network()))
        .with(
            "connectable",
            DataObject.of("VirtualDeviceConnectInfo")
                .with("startConnected", true)
                .with("allowGuestControl", true)
                .with("connected", nic.connected()))
        .with("addressType", "generated")
        .with("macAddress", mac(nic, index));
  }

  private String mac(SimulatedNic nic, int index) {
    return nic.mac()
        .orElseGet(
            () -> {
              int number = Integer.parseInt(id.substring(id.indexOf('-') + 1));
              return String.format(
                  "00:50:56:%02x:%02x:%02x",
                  (number >> 12) & 0x3F,
                  (number >> 4) & 0xFF,
                  ((number & 0xF) << 4) | (index & 0xF));
            });
  }

  private DataObject guest() {
    boolean hasGuest = model.hasGuestInfo();
    return DataObject.of("GuestInfo")
        .with("toolsStatus", toolsStatus())
        .with("toolsVersionStatus2", (Value) null)
        .with("toolsRunningStatus", hasGuest ? "guestToolsRunning" : "guestToolsNotRunning")
        .with("toolsVersion", hasGuest ? "12352" : "0")
        .with("guestId", hasGuest ? Value.text(model.guestId()) : null)
        .with("guestFamily", hasGuest ? Value.text(guestFamily()) : null)
        .with("guestFullName", hasGuest ? Value.text(model.guestFullName()) : null)
        .with("hostName", hostName())
        .with("ipAddress", ipAddress())
        .with("net", hasGuest ? nics() : new Value.Many("GuestNicInfo", List.of()))
        .with("guestState", hasGuest ? "running" : "notRunning");
  }

  private Value toolsStatus() {
    return Value.constant(
        "VirtualMachineToolsStatus", model.hasGuestInfo() ? "toolsOk" : "toolsNotRunning");
  }

  private String guestFamily() {
    return model.guestId().startsWith("win") ? "windowsGuest" : "linuxGuest";
  }

  private @Nullable Value hostName() {
    return model.hasGuestInfo() ? Value.text(model.guestHostName().orElse(model.name())) : null;
  }

  private @Nullable Value ipAddress() {
    Optional<String> ip = model.hasGuestInfo() ? model.primaryIp() : Optional.empty();
    return ip.map(Value::text).orElse(null);
  }

  private Value nics() {
    List<Value> nics = new ArrayList<>();
    for (int i = 0; i < model.nics().size(); i++) {
      SimulatedNic nic = model.nics().get(i);
      nics.add(
          DataObject.of("GuestNicInfo")
              .with("network", nic.network())
              .with("ipAddress", Value.texts(nic.ips()))
              .with("macAddress", mac(nic, i))
              .with("connected", nic.connected())
              .with("deviceConfigId", nic.deviceConfigId()));
    }
    return new Value.Many("GuestNicInfo", nics);
  }

  private DataObject runtime() {
    return DataObject.of("VirtualMachineRuntimeInfo")
        .with("host", machine.host().map(HostSystem::ref).orElse(null))
        .with(
            "connectionState",
            Value.constant("VirtualMachineConnectionState", model.connectionState()))
        .with("powerState", Value.constant("VirtualMachinePowerState", model.powerState()))
        .with("toolsInstallerMounted", false)
        .with("bootTime", (Value) null)
        .with("numMksConnections", 0);
  }

  private DataObject summary() {
    return DataObject.of("VirtualMachineSummary")
        .with("vm", machine.ref())
        .with("runtime", runtime())
        .with(
            "guest",
            DataObject.of("VirtualMachineGuestSummary")
                .with("guestId", model.hasGuestInfo() ? Value.text(model.guestId()) : null)
                .with("guestFullName", (Value) null)
                .with("toolsStatus", toolsStatus())
                .with("hostName", hostName())
                .with("ipAddress", ipAddress()))
        .with("config", configSummary())
        .with(
            "quickStats",
            DataObject.of("VirtualMachineQuickStats")
                .with("overallCpuUsage", 0)
                .with("hostMemoryUsage", 0)
                .with("guestHeartbeatStatus", Value.constant("ManagedEntityStatus", GREEN))
                .with("uptimeSeconds", 0))
        .with("overallStatus", Value.constant("ManagedEntityStatus", GREEN));
  }

  private DataObject configSummary() {
    boolean hasConfig = model.hasConfig();
    return DataObject.of("VirtualMachineConfigSummary")
        .with("name", model.name())
        .with("template", model.isTemplate())
        .with("vmPathName", vmPathName())
        .with("memorySizeMB", hasConfig ? Value.number(model.memoryMB()) : null)
        .with("numCpu", hasConfig ? Value.number(model.cpus()) : null)
        .with("numEthernetCards", hasConfig ? Value.number(model.nics().size()) : null)
        .with("numVirtualDisks", hasConfig ? Value.number(0) : null)
        .with("uuid", hasConfig ? Value.text(biosUuid()) : null)
        .with("instanceUuid", hasConfig ? Value.text(instanceUuid()) : null)
        .with("guestId", hasConfig ? Value.text(model.guestId()) : null)
        .with("guestFullName", hasConfig ? Value.text(model.guestFullName()) : null);
  }
}
