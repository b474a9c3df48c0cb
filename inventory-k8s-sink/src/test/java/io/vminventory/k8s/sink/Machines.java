package io.vminventory.k8s.sink;

import io.vminventory.api.Inventory;
import io.vminventory.api.Nic;
import io.vminventory.api.PowerState;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.util.List;
import java.util.stream.IntStream;

/** Machines for tests. */
final class Machines {

  private static final String SERVER = "4c4c4544-0047-4a10-8053-c2c04f473532/vm-";

  private Machines() {}

  static VirtualMachineId id(int number) {
    return new VirtualMachineId(SERVER + number);
  }

  static VirtualMachine named(int number, String name) {
    return VirtualMachine.builder(id(number), name).build();
  }

  /** A machine with all facts. */
  static VirtualMachine.Builder typical(int number) {
    String ip = "10.141." + number / 250 + "." + (1 + number % 250);
    return VirtualMachine.builder(id(number), "web-" + number)
        .powerState(PowerState.POWERED_ON)
        .numCpu(2)
        .memoryMB(2048)
        .ips(List.of(ip))
        .nics(
            List.of(
                Nic.of(
                    "00:50:56:9a:%02x:%02x".formatted(number / 256, number % 256),
                    "VM Network",
                    List.of(ip))))
        .guestHostName("web-" + number + ".example.com")
        .guestOS("Ubuntu Linux (64-bit)")
        .toolsStatus("guestToolsRunning")
        .template(false)
        .host("esx-07.example.com")
        .cluster("cluster-1")
        .datacenter("DC0")
        .folder("/DC0/vm/web")
        .instanceUuid("501c0ab0-6a3c-4e1b-9d6b-%012d".formatted(number))
        .biosUuid("421c9b1e-2f77-4a4e-8f2e-%012d".formatted(number));
  }

  static Inventory inventory(VirtualMachine... machines) {
    return Inventory.of("vCenter 8", List.of(machines));
  }

  static Inventory typicals(int count) {
    return Inventory.of(
        "vCenter 8", IntStream.range(0, count).mapToObj(n -> typical(n).build()).toList());
  }
}
