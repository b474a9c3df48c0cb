package io.vminventory.k8s.sink;

import io.vminventory.k8s.VmStatus;
import java.util.ArrayList;
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

  /** Each fact that is different; empty if there is none. */
  static List<FieldChange> between(VmStatus before, VmStatus after) {
    List<FieldChange> differences = new ArrayList<>();
    FACTS.forEach(
        (name, fact) -> {
          Object old = fact.apply(before);
          Object now = fact.apply(after);
          if (!Objects.equals(old, now)) {
            differences.add(new FieldChange(name, text(old), text(now)));
          }
        });
    return differences;
  }

  private static String text(@Nullable Object value) {
    if (value == null || value.equals(List.of())) {
      return "none";
    }
    return value instanceof List<?> list
        ? list.stream().map(Differences::element).toList().toString()
        : value.toString();
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
    facts.put("nics", VmStatus::nics);
    facts.put("nicsTruncated", VmStatus::nicsTruncated);
    facts.put("conditions", Differences::conditions);
    return facts;
  }

  private static String element(Object value) {
    return value instanceof VmStatus.Nic nic
        ? text(nic.mac()) + " " + text(nic.network()) + " " + nic.ips()
        : value.toString();
  }

  private static List<String> conditions(VmStatus status) {
    return status.conditions().isEmpty()
        ? List.of()
        : status.conditions().stream()
            .map(c -> c.type() + " " + c.status() + " " + c.reason() + " " + c.message())
            .toList();
  }
}
