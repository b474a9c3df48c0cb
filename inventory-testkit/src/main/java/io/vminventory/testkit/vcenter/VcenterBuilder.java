package io.vminventory.testkit.vcenter;

import io.vminventory.api.VirtualMachine;
import io.vminventory.testkit.tls.TestCertificates;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * Builder of a simulated vCenter. Without a data center it gets {@code DC0} with cluster {@code C0}
 * of hosts {@code C0-H0} and {@code C0-H1} and standalone host {@code H0}; without an account,
 * {@code user} with password {@code pass}. Not thread-safe; starts once.
 */
public final class VcenterBuilder {

  private record DatacenterModel(String path, Consumer<SimulatedDatacenter> content) {}

  private final List<DatacenterModel> datacenters = new ArrayList<>();
  private final List<SimulatedMachine> machines = new ArrayList<>();
  private final List<Account> accounts = new ArrayList<>();
  private String instanceUuid = "5e3c6ed1-0000-4000-8000-000000000001";
  private String version = "8.0.2";
  private Optional<TestCertificates> certificates = Optional.empty();
  private boolean withoutTls;
  private int port;
  private int pageLimit = Integer.MAX_VALUE;
  private int updateLimit = 100;
  private boolean movesAsLeaveAndEnter;
  private boolean unsetOnEnter;
  private boolean deniesContinue;
  private int sessionLimit = 2000;
  private Duration sessionIdleTimeout = Duration.ZERO;
  private InstantSource clock = InstantSource.system();

  VcenterBuilder() {}

  /** The instance UUID of the server; a constant by default. */
  public VcenterBuilder instanceUuid(String value) {
    instanceUuid = value;
    return this;
  }

  /** The version of the server: three numbers such as {@code 8.0.2}. */
  public VcenterBuilder version(String value) {
    if (!value.matches("\\d+\\.\\d+\\.\\d+")) {
      throw new IllegalArgumentException("a version has three numbers, not " + value);
    }
    version = value;
    return this;
  }

  /**
   * Adds a data center.
   *
   * @param path its name, or its path with folders such as {@code Europe/DC0}
   */
  public VcenterBuilder datacenter(String path, Consumer<SimulatedDatacenter> content) {
    datacenters.add(new DatacenterModel(path, content));
    return this;
  }

  /** Adds a machine; the first has the id {@code vm-1}. */
  public VcenterBuilder machine(SimulatedMachine machine) {
    machines.add(machine);
    return this;
  }

  /** Adds machines by index, from 0. */
  public VcenterBuilder machines(int count, IntFunction<SimulatedMachine> machine) {
    for (int i = 0; i < count; i++) {
      machines.add(machine.apply(i));
    }
    return this;
  }

  /**
   * Adds machines like these, such as those of {@code SampleMachines}, with their data centers,
   * clusters and hosts. They get new ids. Call it once, because hosts are unique.
   */
  public VcenterBuilder samples(List<VirtualMachine> samples) {
    SampleInventory.declare(samples, this);
    return this;
  }

  /** Adds an account that sees everything. */
  public VcenterBuilder account(String user, String password) {
    return account(user, password, Visibility.everything());
  }

  public VcenterBuilder account(String user, String password, Visibility visibility) {
    accounts.add(new Account(user, password, visibility));
    return this;
  }

  /** Uses TLS with a certificate created at the start: the default. */
  public VcenterBuilder tls() {
    withoutTls = false;
    return this;
  }

  /** Uses TLS with these certificates. */
  public VcenterBuilder tls(TestCertificates value) {
    certificates = Optional.of(value);
    return tls();
  }

  /** Uses HTTP without TLS. */
  public VcenterBuilder withoutTls() {
    withoutTls = true;
    return this;
  }

  /** The port to listen on; 0, the default, takes a free one. */
  public VcenterBuilder port(int value) {
    port = value;
    return this;
  }

  /** The maximum number of objects in a page of a read, whatever the client requests. */
  public VcenterBuilder pageLimit(int value) {
    pageLimit = value;
    return this;
  }

  /**
   * The maximum number of objects in one update set, if the client does not request fewer; the rest
   * follows in the next one. 100 by default, as on a vCenter.
   */
  public VcenterBuilder updateLimit(int value) {
    updateLimit = value;
    return this;
  }

  /** See {@link VcenterSimulator#reportMovesAsLeaveAndEnter}. */
  public VcenterBuilder reportMovesAsLeaveAndEnter(boolean value) {
    movesAsLeaveAndEnter = value;
    return this;
  }

  /** See {@link VcenterSimulator#reportUnsetOnEnter}. */
  public VcenterBuilder reportUnsetOnEnter(boolean value) {
    unsetOnEnter = value;
    return this;
  }

  /**
   * Rejects {@code ContinueRetrievePropertiesEx} with {@code NoPermission} for accounts that do not
   * see everything, as vCenter 7.0.3 to 8.0.2 do.
   */
  public VcenterBuilder denyContinueToRestrictedAccounts(boolean value) {
    deniesContinue = value;
    return this;
  }

  /** The maximum number of sessions; further logins get status 503. */
  public VcenterBuilder sessionLimit(int value) {
    sessionLimit = value;
    return this;
  }

  /**
   * The time after which an idle session ends, by the clock. A pending call such as a wait for
   * updates keeps it alive. Zero, the default: never.
   */
  public VcenterBuilder sessionIdleTimeout(Duration value) {
    sessionIdleTimeout = value;
    return this;
  }

  /** The clock; the system's by default. */
  public VcenterBuilder clock(InstantSource value) {
    clock = value;
    return this;
  }

  /**
   * Starts the server, which accepts requests when this returns.
   *
   * @throws IllegalArgumentException if the host or vApp of a machine is not declared
   * @throws java.io.UncheckedIOException if the port is taken
   */
  public VcenterSimulator start() {
    ChangeSignal signal = new ChangeSignal();
    Inventory inventory = new Inventory(instanceUuid, signal);
    if (datacenters.isEmpty()) {
      datacenter("DC0", dc -> dc.cluster("C0", "C0-H0", "C0-H1").host("H0"));
    }
    for (DatacenterModel model : datacenters) {
      inventory.write(
          () -> {
            Datacenter datacenter = inventory.layout().datacenter(model.path());
            model.content().accept(new SimulatedDatacenter(inventory.layout(), datacenter));
            return datacenter;
          });
    }
    machines.forEach(inventory::add);
    if (accounts.isEmpty()) {
      account("user", "pass");
    }
    Sessions sessions = new Sessions(clock, sessionIdleTimeout, sessionLimit);
    accounts.forEach(sessions::put);
    UpdateOptions updates = new UpdateOptions(updateLimit);
    updates.movesAsLeaveAndEnter(movesAsLeaveAndEnter);
    updates.unsetOnEnter(unsetOnEnter);
    ServerState server =
        new ServerState(
            instanceUuid,
            "VMware vCenter Server",
            version,
            inventory,
            sessions,
            pageLimit,
            updates,
            deniesContinue);
    Optional<TestCertificates> tls =
        withoutTls
            ? Optional.empty()
            : Optional.of(certificates.orElseGet(TestCertificates::forLoopback));
    return new VcenterSimulator(server, clock, signal, tls, port);
  }
}
