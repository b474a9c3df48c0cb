package io.vminventory.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Network card of a machine, and the addresses that its guest reports on it. Cards that only the
 * guest knows, such as those of containers, are not among them.
 *
 * @param mac the hardware address, lower case with colons
 * @param network the name of the network that it is attached to
 * @param ips its addresses in the order in which the guest reports them
 */
public record Nic(Optional<String> mac, Optional<String> network, List<String> ips) {

  public Nic {
    ips = List.copyOf(ips);
  }

  /** A card whose address or network may be missing ({@code null}). */
  public static Nic of(@Nullable String mac, @Nullable String network, List<String> ips) {
    return new Nic(Optional.ofNullable(mac), Optional.ofNullable(network), ips);
  }
}
