package io.vminventory.k8s.sink;

import io.vminventory.k8s.VmStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says in what two statuses differ. When they were written does not count. */
final class Differences {

  private static final Map<String, Function<VmStatus, @Nullable Object>> FACTS = facts();

  private Differences() {}

  /** One text for each different fact, such as {@code numCpu 2 -> 4}; empty if there is none. */
  static List<String> between(VmStatus before, VmStatus after) {
    return FACTS.entrySet().stream()
        .filter(
            fact -> !Objects.equals(fact.getValue().apply(before), fact.getValue().apply(after)))
        .map(
            fact ->
                fact.getKey()
                    + " "
                    + text(fact.getValue().apply(before))
                    + " -> "
                    + text(fact.getValue().apply(after)))
        .toList();
  }

  private static String text(@Nullable Object value) {
    return value == null || value.equals(List.of()) ? "none" : value.toString();
  }

  private static Map<String, Function<VmStatus, @Nullable Object>> facts() {
    Map<String, Function<VmStatus, @Nullable Object>> facts = new LinkedHashMap<>();
    facts.put("vmname", VmStatus::vmname);
    facts.put("powerState", VmStatus::powerState);
    facts.put("numCpu", VmStatus::numCpu);
    facts.put("memoryMB", VmStatus::memoryMB);
    facts.put("ips", VmStatus::ips);
    facts.put("ipsTruncated", VmStatus::ipsTruncated);
    facts.put("primaryIP", VmStatus::primaryIP);
    facts.put("guestHostName", VmStatus::guestHostName);
    facts.put("guestOS", VmStatus::guestOS);
    facts.put("toolsStatus", VmStatus::toolsStatus);
    facts.put("template", VmStatus::template);
    facts.put("host", VmStatus::host);
    facts.put("cluster", VmStatus::cluster);
    facts.put("datacenter", VmStatus::datacenter);
    facts.put("folder", VmStatus::folder);
    facts.put("instanceUuid", VmStatus::instanceUuid);
    facts.put("biosUuid", VmStatus::biosUuid);
    facts.put("nics", status -> status.nics().stream().map(Differences::nic).toList());
    facts.put("nicsTruncated", VmStatus::nicsTruncated);
    facts.put("conditions", Differences::conditions);
    return facts;
  }

  private static String nic(VmStatus.Nic nic) {
    return text(nic.mac()) + " " + text(nic.network()) + " " + nic.ips();
  }

  private static List<String> conditions(VmStatus status) {
    return status.conditions().stream()
        .map(c -> c.type() + " " + c.status() + " " + c.reason() + " " + c.message())
        .toList();
  }
}
