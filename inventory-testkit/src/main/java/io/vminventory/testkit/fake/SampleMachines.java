package io.vminventory.testkit.fake;

import io.vminventory.api.Nic;
import io.vminventory.api.PowerState;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Ready-made machines for tests, demos and documentation. Always the same ones. */
public final class SampleMachines {

  private static final String PLATFORM = "6f1c5c1e-0000-4000-8000-000000000001";

  private SampleMachines() {}

  /**
   * The eleven machines of the documentation: seven are on, four are off, and one of those is a
   * template.
   */
  public static List<VirtualMachine> story() {
    return List.of(
        machine(57, "nwcd-ike-a-m1", 2, 2048, "10.141.86.60"),
        machine(58, "nwcd-ike-a-m2", 2, 2048, "10.141.86.61"),
        machine(59, "nwcd-ike-a-w1", 4, 8192, "10.141.86.62"),
        machine(60, "nwcd-ike-a-w2", 4, 8192, "10.141.86.63"),
        machine(61, "nwcd-ike-a-w3", 4, 8192, "10.141.86.64"),
        machine(62, "nwcd-ike-db1", 8, 32768, "10.141.86.70"),
        machine(63, "nwcd-ike-jump", 1, 1024, "10.141.86.10"),
        machine(64, "nwcd-ike-clean", 2, 8192, null),
        machine(65, "nwcd-ike-b-m1", 2, 2048, null),
        machine(66, "nwcd-ike-b-w1", 4, 8192, null),
        template(67, "nwcd-ike-template"));
  }

  /** This many machines, every third of them off. */
  public static List<VirtualMachine> of(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                machine(
                    1000 + i,
                    String.format(Locale.ROOT, "sample-%05d", i),
                    1 + i % 8,
                    1024 * (1 + i % 16),
                    i % 3 == 2 ? null : "10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256))
        .toList();
  }

  /** The id of the machine with this number. */
  public static VirtualMachineId id(int number) {
    return new VirtualMachineId(PLATFORM + "/vm-" + number);
  }

  /**
   * A machine with the usual facts.
   *
   * @param ip its only address; {@code null} if it is off
   */
  public static VirtualMachine machine(
      int number, String name, int numCpu, int memoryMB, @Nullable String ip) {
    return facts(number, name, numCpu, memoryMB, ip).template(false).build();
  }

  private static VirtualMachine template(int number, String name) {
    return facts(number, name, 2, 4096, null).template(true).build();
  }

  private static VirtualMachine.Builder facts(
      int number, String name, int numCpu, int memoryMB, @Nullable String ip) {
    List<String> ips = ip == null ? List.of() : List.of(ip);
    String mac =
        String.format(
            Locale.ROOT,
            "00:50:56:%02x:%02x:%02x",
            number / 65536,
            number / 256 % 256,
            number % 256);
    return VirtualMachine.builder(id(number), name)
        .powerState(ip == null ? PowerState.POWERED_OFF : PowerState.POWERED_ON)
        .numCpu(numCpu)
        .memoryMB(memoryMB)
        .ips(ips)
        .nics(List.of(Nic.of(mac, "ike-net", ips)))
        .guestHostName(ip == null ? null : name)
        .guestOS("Ubuntu Linux (64-bit)")
        .toolsStatus(ip == null ? "toolsNotRunning" : "toolsOk")
        .host("esx-" + (1 + number % 3) + ".nwcd.example")
        .cluster("nwcd-cluster")
        .datacenter("nwcd")
        .folder("/nwcd/vm/ike")
        .instanceUuid(new UUID(0x5000_0000_4000L, 0x8000_0000_0000_0000L | number).toString())
        .biosUuid(new UUID(0x4200_0000_4000L, 0x8000_0000_0000_0000L | number).toString());
  }
}
