package io.vminventory.testkit.vcenter;

import io.vminventory.api.Nic;
import io.vminventory.api.PowerState;
import io.vminventory.api.VirtualMachine;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;

/**
 * Converter of machines of the API to simulated machines with their data centers, clusters and
 * hosts.
 */
final class SampleInventory {

  /** Hosts of a data center by cluster; standalone hosts under the empty name. */
  private static final class Hosts {

    private final Map<String, Collection<String>> byCluster = new TreeMap<>();

    void add(VirtualMachine machine) {
      String cluster = machine.cluster().orElse("");
      machine
          .host()
          .ifPresent(host -> byCluster.computeIfAbsent(cluster, x -> new TreeSet<>()).add(host));
    }

    void declare(SimulatedDatacenter datacenter) {
      byCluster.forEach(
          (cluster, hosts) -> {
            if (cluster.isEmpty()) {
              hosts.forEach(datacenter::host);
            } else {
              datacenter.cluster(cluster, hosts.toArray(String[]::new));
            }
          });
    }
  }

  private SampleInventory() {}

  /** Declares the data centers, clusters and hosts of the machines, then the machines. */
  static void declare(List<VirtualMachine> machines, VcenterBuilder builder) {
    Map<String, Hosts> datacenters = new TreeMap<>();
    for (VirtualMachine machine : machines) {
      machine
          .datacenter()
          .ifPresent(name -> datacenters.computeIfAbsent(name, x -> new Hosts()).add(machine));
    }
    datacenters.forEach((name, hosts) -> builder.datacenter(name, hosts::declare));
    machines.forEach(machine -> builder.machine(like(machine)));
  }

  private static SimulatedMachine like(VirtualMachine machine) {
    SimulatedMachine like = SimulatedMachine.named(machine.name());
    like = with(like, boxed(machine.numCpu()), SimulatedMachine::cpus);
    like = with(like, boxed(machine.memoryMB()), SimulatedMachine::memoryMB);
    like = with(like, machine.folder(), SimulatedMachine::folder);
    // Hosts without a data center are not declared.
    like = with(like, machine.datacenter().flatMap(x -> machine.host()), SimulatedMachine::host);
    like = with(like, machine.instanceUuid(), SimulatedMachine::instanceUuid);
    like = with(like, machine.biosUuid(), SimulatedMachine::biosUuid);
    like = with(like, machine.powerState(), SampleInventory::powered);
    for (Nic nic : machine.nics()) {
      SimulatedNic card = SimulatedNic.withIps(nic.ips().toArray(String[]::new));
      card = with(card, nic.mac(), SimulatedNic::mac);
      like = like.nic(with(card, nic.network(), SimulatedNic::network));
    }
    return machine.template().orElse(false) ? like.template() : like;
  }

  private static SimulatedMachine powered(SimulatedMachine machine, PowerState state) {
    return switch (state) {
      case POWERED_ON -> machine.poweredOn();
      case POWERED_OFF -> machine.poweredOff();
      case SUSPENDED -> machine.suspended();
    };
  }

  private static Optional<Integer> boxed(OptionalInt fact) {
    return fact.isPresent() ? Optional.of(fact.getAsInt()) : Optional.empty();
  }

  private static <T, F> T with(T thing, Optional<F> fact, BiFunction<T, F, T> set) {
    return fact.map(value -> set.apply(thing, value)).orElse(thing);
  }
}
