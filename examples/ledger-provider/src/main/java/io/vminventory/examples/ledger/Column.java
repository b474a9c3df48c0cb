package io.vminventory.examples.ledger;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Columns that a ledger can have, with their usual headers. */
enum Column {
  ID("id", "vmid"),
  NAME("name", "vm", "vmname", "machine", "machinename", "virtualmachine"),
  POWER_STATE("powerstate", "power", "state", "status"),
  CPUS("cpus", "cpu", "numcpu", "vcpu", "vcpus", "cores"),
  MEMORY("memory", "mem", "ram"),
  IPS("ips", "ip", "ipaddress", "ipaddresses", "address", "addresses"),
  GUEST_HOST_NAME("guesthostname", "dnsname", "fqdn"),
  GUEST_OS("guestos", "os", "operatingsystem"),
  HOST("host", "esxhost", "hypervisor"),
  CLUSTER("cluster"),
  DATACENTER("datacenter", "dc"),
  FOLDER("folder", "path"),
  ACCOUNT("account", "accounts", "tenant", "owner");

  private final List<String> names;

  Column(String... names) {
    this.names = List.of(names);
  }

  /** The column that the setting {@code columns} calls so. */
  static Optional<Column> of(String word) {
    return Arrays.stream(values()).filter(column -> column.toString().equals(word)).findFirst();
  }

  /** Whether a header is one of its usual names, however it is written. */
  boolean isCalled(String header) {
    String plain = plain(header);
    return names.contains(plain)
        || this == MEMORY
            && plain.matches(".*(mb|mib|gb|gib|tb|tib)")
            && names.contains(plain.replaceAll("(mb|mib|gb|gib|tb|tib)$", ""));
  }

  /** Letters and digits alone, in lower case: {@code "Memory (GB)"} becomes {@code memorygb}. */
  static String plain(String header) {
    return Normalizer.normalize(header, Normalizer.Form.NFC)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N}]", "");
  }

  /** As the setting {@code columns} calls it, such as {@code power-state}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
