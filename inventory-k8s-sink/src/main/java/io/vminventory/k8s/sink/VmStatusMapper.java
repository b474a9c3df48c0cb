package io.vminventory.k8s.sink;

import io.vminventory.api.Nic;
import io.vminventory.api.PowerState;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.VmStatus;
import io.vminventory.k8s.internal.DisplayText;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Mapper from a machine to the status of its {@code VM} record.
 *
 * <p>The result is canonical: the same facts in another order give the same status. It is within
 * the bounds of the custom resource definition; longer texts and lists are cut visibly.
 */
final class VmStatusMapper {

  private static final int MAX_IPS = 16;
  private static final int MAX_NICS = 10;
  private static final int MAX_IPS_OF_NIC = 8;
  private static final int MAX_LONG_NAME = 128;
  private static final int MAX_NAME = 96;
  private static final int MAX_WORD = 64;
  private static final int MAX_MAC = 32;
  private static final int MAX_TEXT = 256;

  private static final Comparator<VmStatus.Nic> NIC_ORDER =
      Comparator.comparing((VmStatus.Nic nic) -> String.valueOf(nic.mac()))
          .thenComparing(nic -> String.valueOf(nic.network()))
          .thenComparing(nic -> nic.ips().toString());

  private VmStatusMapper() {}

  /**
   * The status of the machine's record.
   *
   * @param previous the record's status, whose values stay for facts that are unknown for now;
   *     empty if there is no record yet
   * @param now the date of the change, if this is one
   */
  static VmStatus status(VirtualMachine machine, VmStatus previous, Instant now) {
    return LastKnownFacts.keep(current(machine, previous, now), previous, machine.unknown());
  }

  private static VmStatus current(VirtualMachine machine, VmStatus previous, Instant now) {
    List<String> ips = ips(machine);
    List<VmStatus.Nic> nics =
        machine.nics().stream().map(VmStatusMapper::nic).sorted(NIC_ORDER).toList();
    boolean nicsTruncated =
        nics.size() > MAX_NICS || nics.stream().anyMatch(nic -> nic.ips().size() > MAX_IPS_OF_NIC);
    return new VmStatus(
        DisplayText.clean(machine.name(), MAX_TEXT),
        machine.powerState().map(PowerState::toString).orElse(null),
        number(machine.numCpu()),
        number(machine.memoryMB()),
        first(ips, MAX_IPS),
        ips.size() > MAX_IPS ? true : null,
        text(machine.primaryIP(), MAX_WORD),
        text(machine.guestHostName(), MAX_LONG_NAME),
        text(machine.guestOS(), MAX_NAME),
        text(machine.toolsStatus(), MAX_WORD),
        machine.template().orElse(null),
        text(machine.host(), MAX_LONG_NAME),
        text(machine.cluster(), MAX_NAME),
        text(machine.datacenter(), MAX_NAME),
        text(machine.folder(), MAX_TEXT),
        text(machine.instanceUuid(), MAX_WORD),
        text(machine.biosUuid(), MAX_WORD),
        first(nics, MAX_NICS).stream().map(VmStatusMapper::withFewerIps).toList(),
        nicsTruncated ? true : null,
        now,
        RecordCondition.of(machine, previous, now));
  }

  /** The primary first, the others sorted, because guests report them in changing order. */
  private static List<String> ips(VirtualMachine machine) {
    List<String> ips = machine.ips();
    if (ips.size() < 2) {
      return canonical(ips.stream());
    }
    return canonical(
        Stream.concat(Stream.of(ips.get(0)), ips.subList(1, ips.size()).stream().sorted()));
  }

  private static VmStatus.Nic nic(Nic nic) {
    return new VmStatus.Nic(
        text(nic.mac(), MAX_MAC),
        text(nic.network(), MAX_NAME),
        canonical(nic.ips().stream().sorted()));
  }

  private static List<String> canonical(Stream<String> ips) {
    return ips.filter(ip -> !ip.isEmpty())
        .map(ip -> DisplayText.clean(ip, MAX_WORD))
        .distinct()
        .toList();
  }

  private static VmStatus.Nic withFewerIps(VmStatus.Nic nic) {
    return nic.ips().size() <= MAX_IPS_OF_NIC
        ? nic
        : new VmStatus.Nic(nic.mac(), nic.network(), first(nic.ips(), MAX_IPS_OF_NIC));
  }

  private static <T> List<T> first(List<T> list, int count) {
    return list.size() <= count ? list : list.subList(0, count);
  }

  /** An empty text becomes {@code null}: it would not be stored, and so always seem to differ. */
  private static @Nullable String text(Optional<String> text, int maxLength) {
    return text.filter(t -> !t.isEmpty()).map(t -> DisplayText.clean(t, maxLength)).orElse(null);
  }

  private static @Nullable Integer number(OptionalInt number) {
    return number.isPresent() ? number.getAsInt() : null;
  }
}
