package io.vminventory.vsphere;

import io.vminventory.api.Fact;
import io.vminventory.api.PowerState;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Mapping from the properties of a {@code VirtualMachine} managed object to facts. Pure.
 *
 * <ul>
 *   <li>A property that the account may not read makes its facts {@linkplain
 *       VirtualMachine#unreadable() unreadable}, unless another property has them.
 *   <li>An absent property (an orphaned machine has no {@code config}) makes its facts empty. So
 *       does a value of a wrong type or out of bounds, such as 0 CPUs: that is no reason to lose
 *       the machine or the whole read.
 *   <li>Every machine has a name, so an absent one is {@linkplain VirtualMachine#unknown() unknown
 *       for now}. The value of the reference, such as {@code vm-57}, stands in for a name that is
 *       unknown or unreadable.
 * </ul>
 *
 * @param instanceUuid the vCenter's own UUID
 * @param tree the entities that contain machines
 */
record MachineMapper(String instanceUuid, InventoryTree tree) {

  /** All properties that are read of a machine. */
  static final List<String> PROPERTIES =
      List.of(
          "name",
          "parent",
          "parentVApp",
          "config.template",
          "config.instanceUuid",
          "config.uuid",
          "config.hardware.numCPU",
          "config.hardware.memoryMB",
          "config.guestFullName",
          "guest.guestFullName",
          "guest.ipAddress",
          "guest.net",
          "guest.hostName",
          "guest.toolsRunningStatus",
          "runtime.powerState",
          "runtime.host");

  private static final Map<String, PowerState> POWER_STATES =
      Arrays.stream(PowerState.values())
          .collect(Collectors.toUnmodifiableMap(PowerState::toString, Function.identity()));

  VirtualMachine map(ManagedObject object) {
    String reference = object.self().getVal();
    Optional<String> name =
        object.text("name").map(VimText::unescapeName).filter(text -> !text.isBlank());
    VirtualMachineId id = new VirtualMachineId(instanceUuid + "/" + reference);
    VirtualMachine.Builder machine =
        name.isPresent() ? VirtualMachine.builder(id, name.get()) : VirtualMachine.builder(id);
    if (name.isEmpty() && object.isHidden("name")) {
      machine.unreadable(Fact.NAME);
    }
    Facts facts = new Facts(object, machine);

    Optional<PowerState> powerState =
        facts.of(Fact.POWER_STATE, MachineMapper::powerState, "runtime.powerState");
    machine
        .powerState(powerState.orElse(null))
        .numCpu(facts.of(Fact.NUM_CPU, MachineMapper::count, "config.hardware.numCPU").orElse(null))
        .memoryMB(
            facts.of(Fact.MEMORY_MB, MachineMapper::count, "config.hardware.memoryMB").orElse(null))
        .guestHostName(facts.of(Fact.GUEST_HOST_NAME, Optional::of, "guest.hostName").orElse(null))
        .guestOS(
            facts
                .of(Fact.GUEST_OS, Optional::of, "config.guestFullName", "guest.guestFullName")
                .orElse(null))
        .toolsStatus(
            facts.of(Fact.TOOLS_STATUS, Optional::of, "guest.toolsRunningStatus").orElse(null))
        .template(facts.of(Fact.TEMPLATE, VimText::toBoolean, "config.template").orElse(null))
        .instanceUuid(
            facts.of(Fact.INSTANCE_UUID, Optional::of, "config.instanceUuid").orElse(null))
        .biosUuid(facts.of(Fact.BIOS_UUID, Optional::of, "config.uuid").orElse(null));

    machine
        .host(facts.of(Fact.HOST, tree.host(object)).orElse(null))
        .cluster(facts.of(Fact.CLUSTER, tree.cluster(object)).orElse(null))
        .datacenter(facts.of(Fact.DATACENTER, tree.datacenter(object)).orElse(null))
        .folder(facts.of(Fact.FOLDER, tree.folder(object)).orElse(null));

    addresses(object, powerState, machine);
    return machine.build();
  }

  private static void addresses(
      ManagedObject object, Optional<PowerState> powerState, VirtualMachine.Builder machine) {
    boolean poweredOn = powerState.filter(PowerState.POWERED_ON::equals).isPresent();
    GuestAddresses addresses =
        GuestAddresses.of(poweredOn, object.text("guest.ipAddress").orElse(null), object.nics());
    machine.ips(addresses.ips()).nics(addresses.nics());
    if (object.isHidden("guest.net")) {
      machine.unreadable(Fact.NICS);
    }
    boolean maybeOn = poweredOn || (powerState.isEmpty() && object.isHidden("runtime.powerState"));
    if (addresses.ips().isEmpty()
        && maybeOn
        && object.isAnyHidden("guest.ipAddress", "guest.net", "runtime.powerState")) {
      machine.unreadable(Fact.IPS);
    }
  }

  private static Optional<PowerState> powerState(String text) {
    return Optional.ofNullable(POWER_STATES.get(text.strip()));
  }

  private static Optional<Integer> count(String text) {
    return VimText.toInteger(text).filter(number -> number >= 1);
  }

  /** Facts of a machine; those that are hidden are marked as unreadable. */
  private record Facts(ManagedObject object, VirtualMachine.Builder machine) {

    /** The fact of the first of the properties that has a valid value. */
    <T> Optional<T> of(Fact fact, Function<String, Optional<T>> parser, String... paths) {
      for (String path : paths) {
        Optional<T> value = object.text(path).flatMap(parser);
        if (value.isPresent()) {
          return value;
        }
      }
      if (object.isAnyHidden(paths)) {
        machine.unreadable(fact);
      }
      return Optional.empty();
    }

    Optional<String> of(Fact fact, InventoryTree.Location location) {
      if (location.hidden()) {
        machine.unreadable(fact);
      }
      return location.name();
    }
  }
}
