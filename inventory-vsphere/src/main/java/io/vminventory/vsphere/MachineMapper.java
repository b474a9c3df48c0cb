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
 * Says what the properties of a {@code VirtualMachine} managed object mean.
 *
 * <ul>
 *   <li>A property that the server may not tell makes its facts {@linkplain
 *       VirtualMachine#unreadable() unreadable}, unless another property tells them.
 *   <li>A property that is not there (an orphaned machine has no {@code config}) makes its facts
 *       empty. So does a value that is out of its type or bounds, such as no CPUs: a word that
 *       means nothing tells nothing, and is no reason to lose the machine or the whole read.
 *   <li>Only the name is never empty: the reference's value, such as {@code vm-57}, stands in for
 *       it, and the name counts as unreadable.
 * </ul>
 *
 * @param instanceUuid the vCenter's own UUID
 * @param tree where machines are
 */
record MachineMapper(String instanceUuid, InventoryTree tree) {

  /** The properties that are read of each machine: no others. */
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
    Optional<String> name = object.text("name").map(Texts::name).filter(text -> !text.isBlank());
    VirtualMachine.Builder machine =
        VirtualMachine.builder(
            new VirtualMachineId(instanceUuid + "/" + reference), name.orElse(reference));
    if (name.isEmpty()) {
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
        .template(facts.of(Fact.TEMPLATE, Texts::flag, "config.template").orElse(null))
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
    if (object.hides("guest.net")) {
      machine.unreadable(Fact.NICS);
    }
    boolean maybeOn = poweredOn || (powerState.isEmpty() && object.hides("runtime.powerState"));
    if (addresses.ips().isEmpty()
        && maybeOn
        && object.hidesAny("guest.ipAddress", "guest.net", "runtime.powerState")) {
      machine.unreadable(Fact.IPS);
    }
  }

  private static Optional<PowerState> powerState(String text) {
    return Optional.ofNullable(POWER_STATES.get(text.strip()));
  }

  private static Optional<Integer> count(String text) {
    return Texts.integer(text).filter(number -> number >= 1);
  }

  /** Finds facts and notes those that are hidden. */
  private record Facts(ManagedObject object, VirtualMachine.Builder machine) {

    /** The first of the properties that means something. */
    <T> Optional<T> of(Fact fact, Function<String, Optional<T>> meaning, String... paths) {
      for (String path : paths) {
        Optional<T> value = object.text(path).flatMap(meaning);
        if (value.isPresent()) {
          return value;
        }
      }
      if (object.hidesAny(paths)) {
        machine.unreadable(fact);
      }
      return Optional.empty();
    }

    Optional<String> of(Fact fact, InventoryTree.Place place) {
      if (place.hidden()) {
        machine.unreadable(fact);
      }
      return place.name();
    }
  }
}
