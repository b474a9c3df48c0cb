package io.vminventory.api;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A network card that a machine really has, and the addresses its guest reports on it.
 *
 * @param mac the hardware address, lower case with colons
 * @param network the name of the network that it is attached to
 * @param ips its addresses in the order in which the guest reports them
 */
public record Nic(Optional<String> mac, Optional<String> network, List<String> ips) {

  public Nic {
    ips = List.copyOf(ips);
  }

  /** A card of which some facts may be unknown ({@code null}). */
  public static Nic of(@Nullable String mac, @Nullable String network, List<String> ips) {
    return new Nic(Optional.ofNullable(mac), Optional.ofNullable(network), ips);
  }
}
