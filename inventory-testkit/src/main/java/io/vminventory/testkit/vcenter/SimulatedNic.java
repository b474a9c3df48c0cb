package io.vminventory.testkit.vcenter;

import java.util.List;
import java.util.Optional;

/**
 * Network card as VMware Tools report it.
 *
 * @param mac empty for one derived from the machine's id
 * @param network the name of its network
 * @param ips its addresses
 * @param connected whether it is connected
 * @param deviceConfigId the key of the virtual device; -1 for a card that only the guest knows
 */
public record SimulatedNic(
    Optional<String> mac, String network, List<String> ips, boolean connected, int deviceConfigId) {

  static final int FIRST_DEVICE = 4000;

  public SimulatedNic {
    ips = List.copyOf(ips);
  }

  /**
   * A connected card in {@code VM Network}, the first of its machine, with a derived MAC address.
   */
  public static SimulatedNic withIps(String... ips) {
    return new SimulatedNic(Optional.empty(), "VM Network", List.of(ips), true, FIRST_DEVICE);
  }

  public SimulatedNic mac(String value) {
    return new SimulatedNic(Optional.of(value), network, ips, connected, deviceConfigId);
  }

  public SimulatedNic network(String value) {
    return new SimulatedNic(mac, value, ips, connected, deviceConfigId);
  }

  public SimulatedNic disconnected() {
    return new SimulatedNic(mac, network, ips, false, deviceConfigId);
  }

  public SimulatedNic deviceConfigId(int value) {
    return new SimulatedNic(mac, network, ips, connected, value);
  }

  SimulatedNic ips(List<String> value) {
    return new SimulatedNic(mac, network, value, connected, deviceConfigId);
  }
}
