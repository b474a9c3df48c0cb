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
 * Chooses the addresses by which a machine can be reached from what its guest reports.
 *
 * <p>They come from the cards that the machine really has ({@code deviceConfigId} of at least 0;
 * bridges and tunnels that the guest made itself have -1). Loopback, link-local, unspecified and
 * multicast addresses are left out, and so is whatever is no address. A machine that is not powered
 * on has none, though the server may still remember some.
 *
 * @param ips the primary one first: {@code guest.ipAddress} if it passes, else the first one of the
 *     first connected card that has one; then the others in the order of the cards; none twice
 * @param nics the cards that the machine really has, with their addresses by the same rule
 */
record GuestAddresses(List<String> ips, List<Nic> nics) {

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
  private static final Pattern IPV4 =
      Pattern.compile("(?!0\\d|.*\\.0\\d)" + OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern MAYBE_IPV6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]*");
  private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?:$|:)");

  /**
   * Applies the rule.
   *
   * @param poweredOn whether the machine is known to run
   * @param primary {@code guest.ipAddress}. It counts even if no card bears it (a guest may report
   *     no cards at all), but not if only a card does that the machine does not really have
   * @param reported {@code guest.net}
   */
  static GuestAddresses of(
      boolean poweredOn, @Nullable String primary, Collection<GuestNicInfo> reported) {
    List<GuestNicInfo> real =
        reported.stream().filter(nic -> nic.getDeviceConfigId() >= 0).toList();
    List<Nic> nics = real.stream().map(nic -> nic(nic, poweredOn)).toList();
    if (!poweredOn) {
      return new GuestAddresses(List.of(), nics);
    }
    Set<String> ips = new LinkedHashSet<>();
    usable(primary).filter(ip -> !onlyOnOthers(ip, reported)).ifPresent(ips::add);
    if (ips.isEmpty()) {
      real.stream()
          .filter(GuestNicInfo::isConnected)
          .flatMap(nic -> usable(nic).stream())
          .findFirst()
          .ifPresent(ips::add);
    }
    real.forEach(nic -> ips.addAll(usable(nic)));
    return new GuestAddresses(List.copyOf(ips), nics);
  }

  private static boolean onlyOnOthers(String ip, Collection<GuestNicInfo> reported) {
    List<GuestNicInfo> bearers = reported.stream().filter(nic -> usable(nic).contains(ip)).toList();
    return !bearers.isEmpty() && bearers.stream().allMatch(nic -> nic.getDeviceConfigId() < 0);
  }

  private static Nic nic(GuestNicInfo nic, boolean poweredOn) {
    String mac = nic.getMacAddress();
    String network = nic.getNetwork();
    return Nic.of(
        mac == null || mac.isBlank() ? null : mac.strip().toLowerCase(Locale.ROOT),
        network == null || network.isBlank() ? null : Texts.name(network),
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
   * The canonical text of an address by which somebody else can reach the machine: IPv6 as RFC 5952
   * writes it, without a zone. No name is ever looked up.
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

  /** Shortens the longest run of zeros, the first one of equal ones; IPv4 stays as it is. */
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
