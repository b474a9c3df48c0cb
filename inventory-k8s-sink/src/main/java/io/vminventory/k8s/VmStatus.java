package io.vminventory.k8s;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Status of a {@code VM}: the facts of one machine. A fact that does not exist, is not known or may
 * not be read is {@code null} or empty.
 *
 * @param vmname the machine's name on its platform
 * @param powerState {@code poweredOn}, {@code poweredOff} or {@code suspended}
 * @param numCpu virtual CPUs
 * @param memoryMB memory in MiB
 * @param ips the addresses, the primary first
 * @param ipsTruncated whether addresses were left out; never {@code false}
 * @param primaryIP the address to try first
 * @param guestHostName the host name that the guest reports
 * @param guestOS the operating system's name
 * @param toolsStatus whether the guest tools run
 * @param template whether it is a template
 * @param host the host that it runs on
 * @param cluster the cluster of that host
 * @param datacenter its data center
 * @param folder the path of its folder
 * @param instanceUuid the platform's UUID of the machine
 * @param biosUuid the UUID that its firmware shows
 * @param nics its network cards
 * @param nicsTruncated whether cards or addresses of cards were left out; never {@code false}
 * @param updateDate when the record last changed
 * @param conditions problems of this one record; usually empty
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VmStatus(
    @JsonPropertyDescription("Name of the machine on its platform.") @Nullable String vmname,
    @JsonPropertyDescription("Power state: poweredOn, poweredOff or suspended.")
        @Nullable String powerState,
    @JsonPropertyDescription("Number of virtual CPUs.") @Nullable Integer numCpu,
    @JsonPropertyDescription("Memory in MiB.") @Nullable Integer memoryMB,
    @JsonPropertyDescription("Addresses that the guest reports, the primary first.")
        List<String> ips,
    @JsonPropertyDescription("Set to true if there are more addresses than are listed.")
        @Nullable Boolean ipsTruncated,
    @JsonPropertyDescription("Primary address, the first to try.") @Nullable String primaryIP,
    @JsonPropertyDescription("Host name that the guest reports.") @Nullable String guestHostName,
    @JsonPropertyDescription("Name of the guest operating system.") @Nullable String guestOS,
    @JsonPropertyDescription("State of the guest tools.") @Nullable String toolsStatus,
    @JsonPropertyDescription("Whether the machine is a template.") @Nullable Boolean template,
    @JsonPropertyDescription("Name of the host that the machine runs on.") @Nullable String host,
    @JsonPropertyDescription("Name of the host's cluster.") @Nullable String cluster,
    @JsonPropertyDescription("Name of the machine's data center.") @Nullable String datacenter,
    @JsonPropertyDescription("Path of the machine's folder.") @Nullable String folder,
    @JsonPropertyDescription("UUID of the machine on its platform.") @Nullable String instanceUuid,
    @JsonPropertyDescription("UUID in the machine's firmware.") @Nullable String biosUuid,
    @JsonPropertyDescription("Network cards of the machine.") List<Nic> nics,
    @JsonPropertyDescription(
            "Set to true if there are more cards, or addresses of a card, than are listed.")
        @Nullable Boolean nicsTruncated,
    @JsonPropertyDescription("When this record last changed (UTC), not when it was last compared.")
        @Nullable Instant updateDate,
    @JsonPropertyDescription(
            "Problems of this one record; usually none. Partial: the account may not read some"
                + " facts. Stale: some facts are unknown for now and keep their last values.")
        List<Condition> conditions) {

  public VmStatus(
      @Nullable String vmname,
      @Nullable String powerState,
      @Nullable Integer numCpu,
      @Nullable Integer memoryMB,
      @Nullable List<String> ips,
      @Nullable Boolean ipsTruncated,
      @Nullable String primaryIP,
      @Nullable String guestHostName,
      @Nullable String guestOS,
      @Nullable String toolsStatus,
      @Nullable Boolean template,
      @Nullable String host,
      @Nullable String cluster,
      @Nullable String datacenter,
      @Nullable String folder,
      @Nullable String instanceUuid,
      @Nullable String biosUuid,
      @Nullable List<Nic> nics,
      @Nullable Boolean nicsTruncated,
      @Nullable Instant updateDate,
      @Nullable List<Condition> conditions) {
    this.vmname = vmname;
    this.powerState = shared(powerState);
    this.numCpu = numCpu;
    this.memoryMB = memoryMB;
    this.ips = ips == null ? List.of() : List.copyOf(ips);
    this.ipsTruncated = ipsTruncated;
    this.primaryIP = among(this.ips, primaryIP);
    this.guestHostName = guestHostName;
    this.guestOS = shared(guestOS);
    this.toolsStatus = shared(toolsStatus);
    this.template = template;
    this.host = shared(host);
    this.cluster = shared(cluster);
    this.datacenter = shared(datacenter);
    this.folder = shared(folder);
    this.instanceUuid = instanceUuid;
    this.biosUuid = biosUuid;
    this.nics =
        nics == null
            ? List.of()
            : List.copyOf(nics.stream().map(nic -> nic.sharing(this.ips)).toList());
    this.nicsTruncated = nicsTruncated;
    this.updateDate = updateDate;
    this.conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** Thousands of records share a few of these texts. */
  private static @Nullable String shared(@Nullable String word) {
    return word == null ? null : word.intern();
  }

  /** The equal string of the list, if there is one: a record names each address several times. */
  private static @Nullable String among(List<String> addresses, @Nullable String address) {
    int index = address == null ? -1 : addresses.indexOf(address);
    return index < 0 ? address : addresses.get(index);
  }

  /** Status without any facts. */
  public static VmStatus empty() {
    return new VmStatus(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null, null, null, null);
  }

  /**
   * Network card.
   *
   * @param mac the hardware address
   * @param network the name of the network that the card is attached to
   * @param ips the addresses that the guest reports on the card
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Nic(
      @JsonPropertyDescription("Hardware address.") @Nullable String mac,
      @JsonPropertyDescription("Name of the network that the card is attached to.")
          @Nullable String network,
      @JsonPropertyDescription("Addresses that the guest reports on this card.") List<String> ips) {

    public Nic(@Nullable String mac, @Nullable String network, @Nullable List<String> ips) {
      this.mac = mac;
      this.network = shared(network);
      this.ips = ips == null ? List.of() : List.copyOf(ips);
    }

    private Nic sharing(List<String> addresses) {
      return new Nic(mac, network, ips.stream().map(address -> among(addresses, address)).toList());
    }

    /** For people, such as {@code 00:50:56:01:02:03 LAN [10.0.0.1]}. */
    @Override
    public String toString() {
      return Objects.requireNonNullElse(mac, "none")
          + " "
          + Objects.requireNonNullElse(network, "none")
          + " "
          + ips;
    }
  }
}
