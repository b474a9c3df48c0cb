package io.vminventory.vsphere;

import com.vmware.vim25.GuestNicInfo;
import io.vminventory.api.Nic;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses by which a machine can be reached, chosen from those that its guest reports. Pure.
 *
 * <p>They come from the machine's virtual network cards ({@code deviceConfigId} of at least 0; the
 * guest's own bridges and tunnels have -1). Loopback, link-local, unspecified, multicast and
 * invalid addresses are left out. A machine that is not powered on has none, though the server may
 * still report some.
 *
 * @param ips the primary one first: {@code guest.ipAddress} if it is usable, else the first one of
 *     the first connected card that has one; then the others in the order of the cards; none twice
 * @param nics the virtual network cards, with their addresses by the same rule
 */
record GuestAddresses(List<String> ips, List<Nic> nics) {

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 =
      Pattern.compile("(?!0\\d|.*\\.0\\d)" + OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern MAYBE_IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");
  private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?:$|:)");

  /**
   * Chooses the addresses.
   *
   * @param poweredOn whether the machine is known to run
   * @param primary {@code guest.ipAddress}. It counts even if no card has it (a guest may report no
   *     cards at all), but not if only one of the guest's own does
   * @param reported {@code guest.net}
   */
  static GuestAddresses of(
      boolean poweredOn, @Nullable String primary, Collection<GuestNicInfo> reported) {
    List<GuestNicInfo> devices =
        reported.stream().filter(nic -> nic.getDeviceConfigId() >= 0).toList();
    List<Nic> nics = devices.stream().map(nic -> nic(nic, poweredOn)).toList();
    if (!poweredOn) {
      return new GuestAddresses(List.of(), nics);
    }
    Set<String> ips = new LinkedHashSet<>();
    usable(primary).filter(ip -> !isOnlyOnGuestDevices(ip, reported)).ifPresent(ips::add);
    if (ips.isEmpty()) {
      devices.stream()
          .filter(GuestNicInfo::isConnected)
          .flatMap(nic -> usable(nic).stream())
          .findFirst()
          .ifPresent(ips::add);
    }
    devices.forEach(nic -> ips.addAll(usable(nic)));
    return new GuestAddresses(List.copyOf(ips), nics);
  }

  private static boolean isOnlyOnGuestDevices(String ip, Collection<GuestNicInfo> reported) {
    List<GuestNicInfo> owners = reported.stream().filter(nic -> usable(nic).contains(ip)).toList();
    return !owners.isEmpty() && owners.stream().allMatch(nic -> nic.getDeviceConfigId() < 0);
  }

  private static Nic nic(GuestNicInfo nic, boolean poweredOn) {
    String mac = nic.getMacAddress();
    String network = nic.getNetwork();
    return Nic.of(
        mac == null || mac.isBlank() ? null : mac.strip().toLowerCase(Locale.ROOT),
        network == null || network.isBlank() ? null : VimText.unescapeName(network),
        poweredOn ? usable(nic) : List.of());
  }

  private static List<String> usable(GuestNicInfo nic) {
    List<String> result = new ArrayList<>();
    for (String ip : nic.getIpAddress()) {
      usable(ip).filter(text -> !result.contains(text)).ifPresent(result::add);
    }
    return result;
  }

  /**
   * The canonical text of an address by which other machines can reach this one: IPv6 as in RFC
   * 5952, without a zone. Never resolves a name.
   */
  static Optional<String> usable(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    String literal = text.strip();
    int zone = literal.indexOf('%');
    if (zone >= 0) {
      literal = literal.substring(0, zone);
    }
    if (!IPV4.matcher(literal).matches() && !MAYBE_IPV6.matcher(literal).matches()) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.getByName(literal);
      return address.isAnyLocalAddress()
              || address.isLoopbackAddress()
              || address.isLinkLocalAddress()
              || address.isMulticastAddress()
          ? Optional.empty()
          : Optional.of(canonical(address.getHostAddress()));
    } catch (UnknownHostException notAnAddress) {
      return Optional.empty();
    }
  }

  /** Shortens the longest run of zeros, the first of equal ones; leaves IPv4 unchanged. */
  private static String canonical(String text) {
    String longest =
        ZEROS
            .matcher(text)
            .results()
            .map(match -> match.group())
            .reduce("", (best, run) -> zeros(run) > zeros(best) ? run : best);
    if (longest.isEmpty()) {
      return text;
    }
    int start = text.indexOf(longest);
    return text.substring(0, start) + "::" + text.substring(start + longest.length());
  }

  private static long zeros(String run) {
    return run.chars().filter(c -> c == '0').count();
  }
}
