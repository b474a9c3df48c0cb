package io.vminventory.testkit.vcenter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * State of a simulated virtual machine. Immutable: every setter returns a new machine, so one can
 * serve as template of many. Initially powered off, with 1 CPU and 1024 MB and without network
 * cards.
 */
public final class SimulatedMachine implements Cloneable {

  private String name;
  private String folder = "";
  private String host = "";
  private String vApp = "";
  private int cpus = 1;
  private int memoryMB = 1024;
  private String powerState = "poweredOff";
  private String connectionState = "connected";
  private boolean configured = true;
  private boolean template;
  private boolean tools = true;
  private String guestId = "ubuntu64Guest";
  private String guestFullName = "Ubuntu Linux (64-bit)";
  private Optional<String> guestHostName = Optional.empty();
  private Optional<String> instanceUuid = Optional.empty();
  private Optional<String> biosUuid = Optional.empty();
  private Optional<String> primaryIp = Optional.empty();
  private List<SimulatedNic> nics = List.of();

  private SimulatedMachine(String name) {
    this.name = name;
  }

  /** A machine with this name, which can contain any character and need not be unique. */
  public static SimulatedMachine named(String name) {
    return new SimulatedMachine(name);
  }

  private SimulatedMachine with(Consumer<SimulatedMachine> change) {
    try {
      SimulatedMachine copy = (SimulatedMachine) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  public SimulatedMachine name(String value) {
    return with(m -> m.name = value);
  }

  /** The inventory path of its folder, such as {@code /DC0/vm/web}; created if needed. */
  public SimulatedMachine folder(String value) {
    return with(m -> m.folder = value);
  }

  /** The name of its host. By default the hosts of the data center take turns. */
  public SimulatedMachine host(String value) {
    return with(m -> m.host = value);
  }

  /** The name of its vApp, in place of a folder. Empty for none. */
  public SimulatedMachine vApp(String value) {
    return with(m -> m.vApp = value);
  }

  public SimulatedMachine cpus(int value) {
    return with(m -> m.cpus = value);
  }

  public SimulatedMachine memoryMB(int value) {
    return with(m -> m.memoryMB = value);
  }

  public SimulatedMachine poweredOn() {
    return with(m -> m.powerState = "poweredOn");
  }

  public SimulatedMachine poweredOff() {
    return with(m -> m.powerState = "poweredOff");
  }

  public SimulatedMachine suspended() {
    return with(m -> m.powerState = "suspended");
  }

  /** {@code connected}, {@code disconnected}, {@code orphaned}, {@code inaccessible}, ... */
  public SimulatedMachine connectionState(String value) {
    return with(m -> m.connectionState = value);
  }

  /** Leaves property {@code config} unset, as vCenter does for machines that it cannot reach. */
  public SimulatedMachine withoutConfig() {
    return with(m -> m.configured = false);
  }

  public SimulatedMachine template() {
    return with(m -> m.template = true);
  }

  /** VMware Tools do not run, so nothing is known of the guest. */
  public SimulatedMachine withoutTools() {
    return with(m -> m.tools = false);
  }

  /** The guest id and full name of the operating system. */
  public SimulatedMachine guest(String id, String fullName) {
    return with(
        m -> {
          m.guestId = id;
          m.guestFullName = fullName;
        });
  }

  /** The host name of the guest; the name of the machine by default. */
  public SimulatedMachine guestHostName(String value) {
    return with(m -> m.guestHostName = Optional.of(value));
  }

  /** Without one, it is derived from the id. */
  public SimulatedMachine instanceUuid(String value) {
    return with(m -> m.instanceUuid = Optional.of(value));
  }

  /** Without one, it is derived from the id. */
  public SimulatedMachine biosUuid(String value) {
    return with(m -> m.biosUuid = Optional.of(value));
  }

  /** Adds addresses to the first network card, which is created if needed. */
  public SimulatedMachine ip(String... values) {
    List<String> all = new ArrayList<>(nics.isEmpty() ? List.of() : nics.get(0).ips());
    all.addAll(List.of(values));
    return ips(all);
  }

  /** Replaces the addresses of the first network card, which is created if needed. */
  public SimulatedMachine ips(List<String> values) {
    if (nics.isEmpty()) {
      return nic(SimulatedNic.withIps().ips(values));
    }
    List<SimulatedNic> all = new ArrayList<>(nics);
    all.set(0, nics.get(0).ips(values));
    return with(m -> m.nics = List.copyOf(all));
  }

  /** Adds a network card. */
  public SimulatedMachine nic(SimulatedNic value) {
    List<SimulatedNic> all = new ArrayList<>(nics);
    all.add(value);
    return with(m -> m.nics = List.copyOf(all));
  }

  /** The value of {@code guest.ipAddress}; the first address of the first card by default. */
  public SimulatedMachine primaryIp(String value) {
    return with(m -> m.primaryIp = Optional.of(value));
  }

  public String name() {
    return name;
  }

  /** The inventory path of its folder; empty for the folder {@code vm} of the first data center. */
  public String folder() {
    return folder;
  }

  public String host() {
    return host;
  }

  public String vApp() {
    return vApp;
  }

  public int cpus() {
    return cpus;
  }

  public int memoryMB() {
    return memoryMB;
  }

  /** {@code poweredOn}, {@code poweredOff} or {@code suspended}. */
  public String powerState() {
    return powerState;
  }

  public String connectionState() {
    return connectionState;
  }

  public boolean hasConfig() {
    return configured;
  }

  public boolean isTemplate() {
    return template;
  }

  /** Whether the guest reports about itself: it is powered on and VMware Tools run. */
  public boolean hasGuestInfo() {
    return tools && powerState.equals("poweredOn");
  }

  public String guestId() {
    return guestId;
  }

  public String guestFullName() {
    return guestFullName;
  }

  public Optional<String> guestHostName() {
    return guestHostName;
  }

  public Optional<String> instanceUuid() {
    return instanceUuid;
  }

  public Optional<String> biosUuid() {
    return biosUuid;
  }

  public Optional<String> primaryIp() {
    return primaryIp.or(() -> nics.stream().flatMap(nic -> nic.ips().stream()).findFirst());
  }

  public List<SimulatedNic> nics() {
    return nics;
  }

  @Override
  public String toString() {
    return name;
  }
}
