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
 * Declares a simulated vCenter, then starts it. Without any data center it gets {@code DC0} with
 * cluster {@code C0} of hosts {@code C0-H0} and {@code C0-H1} and standalone host {@code H0};
 * without any account, {@code user} with password {@code pass}. Not thread-safe; starts once.
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
  private boolean unsetInEnters;
  private boolean refusesContinue;
  private int sessionLimit = 2000;
  private Duration sessionIdleTimeout = Duration.ZERO;
  private InstantSource clock = InstantSource.system();

  VcenterBuilder() {}

  /** The UUID that tells this server from others; always the same if it is not set. */
  public VcenterBuilder instanceUuid(String value) {
    instanceUuid = value;
    return this;
  }

  /** The version that the server tells, of three numbers such as {@code 8.0.2}. */
  public VcenterBuilder version(String value) {
    if (!value.matches("\\d+\\.\\d+\\.\\d+")) {
      throw new IllegalArgumentException("a version has three numbers, not " + value);
    }
    version = value;
    return this;
  }

  /**
   * A data center.
   *
   * @param path its name, or with folders before it such as {@code Europe/DC0}
   */
  public VcenterBuilder datacenter(String path, Consumer<SimulatedDatacenter> content) {
    datacenters.add(new DatacenterModel(path, content));
    return this;
  }

  /** A machine; the first has the id {@code vm-1}. */
  public VcenterBuilder machine(SimulatedMachine machine) {
    machines.add(machine);
    return this;
  }

  /** Many machines, made from their numbers, which start at 0. */
  public VcenterBuilder machines(int count, IntFunction<SimulatedMachine> machine) {
    for (int i = 0; i < count; i++) {
      machines.add(machine.apply(i));
    }
    return this;
  }

  /**
   * Machines like these, such as those of {@code SampleMachines}, with the data centers, clusters
   * and hosts that they name. They get ids of this server. To be called once, because hosts are
   * unique.
   */
  public VcenterBuilder samples(List<VirtualMachine> samples) {
    SampleLayout.declare(samples, this);
    return this;
  }

  /** An account that sees everything. */
  public VcenterBuilder account(String user, String password) {
    return account(user, password, Visibility.everything());
  }

  public VcenterBuilder account(String user, String password, Visibility visibility) {
    accounts.add(new Account(user, password, visibility));
    return this;
  }

  /** TLS with a certificate that is made at the start: the default. */
  public VcenterBuilder tls() {
    withoutTls = false;
    return this;
  }

  /** TLS with these certificates. */
  public VcenterBuilder tls(TestCertificates value) {
    certificates = Optional.of(value);
    return tls();
  }

  /** HTTP without TLS. */
  public VcenterBuilder withoutTls() {
    withoutTls = true;
    return this;
  }

  /** A port of its own choice; 0, the default, takes any that is free. */
  public VcenterBuilder port(int value) {
    port = value;
    return this;
  }

  /** How many objects a page of a read has at most, whatever the client wants. */
  public VcenterBuilder pageLimit(int value) {
    pageLimit = value;
    return this;
  }

  /**
   * How many objects {@code WaitForUpdatesEx} tells of at once, if the client does not want fewer;
   * the rest comes with the next call. 100 by default, as on a vCenter.
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
    unsetInEnters = value;
    return this;
  }

  /**
   * Refuses {@code ContinueRetrievePropertiesEx} with {@code NoPermission} to accounts that do not
   * see everything, as vCenter 7.0.3 to 8.0.2 do.
   */
  public VcenterBuilder denyContinueToRestrictedAccounts(boolean value) {
    refusesContinue = value;
    return this;
  }

  /** How many sessions there may be; further logins are answered with status 503. */
  public VcenterBuilder sessionLimit(int value) {
    sessionLimit = value;
    return this;
  }

  /**
   * How long a session lives without a call, by the clock; one that is being answered, such as a
   * wait for updates, keeps it alive. Zero, the default: for ever.
   */
  public VcenterBuilder sessionIdleTimeout(Duration value) {
    sessionIdleTimeout = value;
    return this;
  }

  /** What the time is; the system's by default. */
  public VcenterBuilder clock(InstantSource value) {
    clock = value;
    return this;
  }

  /**
   * Starts the server; it answers when this returns.
   *
   * @throws IllegalArgumentException if a machine wants a place that there is not
   * @throws java.io.UncheckedIOException if the port is taken
   */
  public VcenterSimulator start() {
    Signal signal = new Signal();
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
    updates.unsetInEnters(unsetInEnters);
    Server server =
        new Server(
            instanceUuid,
            "VMware vCenter Server",
            version,
            inventory,
            sessions,
            pageLimit,
            updates,
            refusesContinue);
    Optional<TestCertificates> tls =
        withoutTls
            ? Optional.empty()
            : Optional.of(certificates.orElseGet(TestCertificates::forLoopback));
    return new VcenterSimulator(server, clock, signal, tls, port);
  }
}
