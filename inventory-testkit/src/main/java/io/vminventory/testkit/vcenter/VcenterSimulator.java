package io.vminventory.testkit.vcenter;

import io.vminventory.testkit.tls.TestCertificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A running vCenter in this process, for tests and demos. Thread-safe.
 *
 * <p>Machines are addressed by id, such as {@code vm-1}, or by name if no other has it; all methods
 * that take one throw {@link IllegalArgumentException} if there is none or more than one. A change
 * is visible to every call that starts after the method returned.
 *
 * <pre>{@code
 * try (VcenterSimulator vcenter =
 *     VcenterSimulator.builder()
 *         .machine(SimulatedMachine.named("web-1").cpus(2).memoryMB(2048).poweredOn().ip("10.0.0.1"))
 *         .account("tenant-a", "secret", Visibility.only("web-1"))
 *         .start()) {
 *   connect(vcenter.url(), vcenter.caPem());
 *   vcenter.powerOff("web-1");
 * }
 * }</pre>
 */
public final class VcenterSimulator implements AutoCloseable {

  private final Server server;
  private final Optional<TestCertificates> certificates;
  private final Faults faults = new Faults();
  private final SoapService soap;
  private final Rearrangement rearrangement;
  private @Nullable HttpFront front;
  private int port;

  VcenterSimulator(
      Server server,
      InstantSource clock,
      Signal signal,
      Optional<TestCertificates> certificates,
      int port) {
    this.server = server;
    this.rearrangement = new Rearrangement(server.inventory());
    this.certificates = certificates;
    this.port = port;
    Map<String, SoapMethod> methods = new HashMap<>();
    methods.putAll(new SessionMethods(server, clock).methods());
    methods.putAll(new RetrieveMethods(server).methods());
    methods.putAll(new UpdateMethods(server, signal).methods());
    this.soap = new SoapService(server.sessions(), methods);
    start();
  }

  /** Starts the description of a server. */
  public static VcenterBuilder builder() {
    return new VcenterBuilder();
  }

  /** Where the API is, such as {@code https://127.0.0.1:40123/sdk}. */
  public URI url() {
    return URI.create(
        (certificates.isPresent() ? "https" : "http") + "://127.0.0.1:" + port() + "/sdk");
  }

  /** The port, which stays the same over restarts. */
  public synchronized int port() {
    return port;
  }

  /** The certificate of the authority that signed the server's, in PEM; empty without TLS. */
  public String caPem() {
    return certificates.map(TestCertificates::caPem).orElse("");
  }

  /** The SHA-256 of the server's certificate, {@code AB:CD:...}; empty without TLS. */
  public String thumbprint() {
    return certificates.map(TestCertificates::thumbprint).orElse("");
  }

  /** The certificates, if there is TLS. */
  public Optional<TestCertificates> certificates() {
    return certificates;
  }

  /** The UUID that tells this server from others. */
  public String instanceUuid() {
    return server.instanceUuid();
  }

  /** Starts again after {@link #stop()}, on the same port. Does nothing if it is running. */
  public synchronized void start() {
    if (front == null) {
      try {
        front = new HttpFront(soap, server.sessions(), faults, certificates.orElse(null), port);
        port = front.port();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot listen on port " + port, e);
      }
    }
  }

  /**
   * Ends as a server process does that is killed: all connections are cut, all sessions and what
   * belongs to them are gone. The machines and the accounts stay. Idempotent.
   */
  public synchronized void stop() {
    if (front != null) {
      front.stop();
      front = null;
      server.sessions().endAll();
    }
  }

  /** {@link #stop()}, then {@link #start()}. */
  public synchronized void restart() {
    stop();
    start();
  }

  @Override
  public void close() {
    stop();
  }

  /** Adds a machine and returns its id. */
  public String add(SimulatedMachine machine) {
    return server.inventory().add(machine);
  }

  /** Deletes a machine; its id is not used again. */
  public void remove(String nameOrId) {
    server.inventory().remove(nameOrId);
  }

  /** Changes anything of a machine: {@code change("web-1", m -> m.cpus(4).folder("/DC0/vm/b"))}. */
  public void change(String nameOrId, UnaryOperator<SimulatedMachine> change) {
    server.inventory().change(nameOrId, change);
  }

  public void powerOn(String nameOrId) {
    change(nameOrId, SimulatedMachine::poweredOn);
  }

  public void powerOff(String nameOrId) {
    change(nameOrId, SimulatedMachine::poweredOff);
  }

  public void rename(String nameOrId, String newName) {
    change(nameOrId, machine -> machine.name(newName));
  }

  public void reconfigure(String nameOrId, int cpus, int memoryMB) {
    change(nameOrId, machine -> machine.cpus(cpus).memoryMB(memoryMB));
  }

  /** Replaces the addresses of the first network card. */
  public void setIps(String nameOrId, List<String> ips) {
    change(nameOrId, machine -> machine.ips(ips));
  }

  /** Moves a machine to the folder of this inventory path, which is made if it is not there. */
  public void moveToFolder(String nameOrId, String folder) {
    change(nameOrId, machine -> machine.folder(folder));
  }

  public void moveToHost(String nameOrId, String host) {
    change(nameOrId, machine -> machine.host(host));
  }

  /** Makes a folder for machines, such as {@code /DC0/vm/web}, if it is not there. */
  public void addFolder(String path) {
    server.inventory().write(() -> server.inventory().layout().machineFolder(path));
  }

  /** The names of all hosts. */
  public List<String> hosts() {
    return server.inventory().read(() -> server.inventory().layout().hostNames());
  }

  /**
   * Renames a folder.
   *
   * @param path such as {@code /DC0/vm/web}; none of those that a data center always has
   * @throws IllegalArgumentException if there is none, or its parent has another one of that name
   */
  public void renameFolder(String path, String newName) {
    rearrangement.renameFolder(path, newName);
  }

  /**
   * Moves a folder with all that is in it into another folder of its data center. An account that
   * sees a {@link Visibility#folder} sees what is at that path now.
   */
  public void moveFolder(String path, String newParentPath) {
    rearrangement.moveFolder(path, newParentPath);
  }

  /** Renames a host, and with it the wrapper around it, if it is in no cluster. */
  public void renameHost(String name, String newName) {
    rearrangement.renameHost(name, newName);
  }

  public void renameCluster(String name, String newName) {
    rearrangement.renameCluster(name, newName);
  }

  /** Renames a data center of this path, such as {@code /DC0}. */
  public void renameDatacenter(String path, String newName) {
    rearrangement.renameDatacenter(path, newName);
  }

  /** What a machine is like now. */
  public SimulatedMachine machine(String nameOrId) {
    return server.inventory().read(() -> server.inventory().machine(nameOrId).model());
  }

  /** All machines by id, oldest first. */
  public Map<String, SimulatedMachine> machines() {
    return server
        .inventory()
        .read(
            () -> {
              Map<String, SimulatedMachine> all = new LinkedHashMap<>();
              for (Machine machine : server.inventory().machines()) {
                all.put(machine.ref().id(), machine.model());
              }
              return all;
            });
  }

  /** The id of the machine with this name. */
  public String id(String name) {
    return server.inventory().read(() -> server.inventory().machine(name).ref().id());
  }

  /** Adds an account, or replaces one; sessions of that stay as they were. */
  public void account(String user, String password, Visibility visibility) {
    server.sessions().put(new Account(user, password, visibility));
  }

  /** Changes the password; open sessions stay. */
  public void changePassword(String user, String password) {
    server.sessions().account(user).password(password);
  }

  /** Changes what an account sees, in open sessions too. */
  public void changeVisibility(String user, Visibility visibility) {
    server.sessions().account(user).visibility(visibility);
    server.inventory().touch();
  }

  /** The open sessions, oldest first. */
  public List<SimulatedSession> sessions() {
    return server.sessions().list().stream().map(Session::summary).toList();
  }

  /** Ends all sessions, as an administrator or a time-out does. */
  public void endSessions() {
    server.sessions().endAll();
  }

  /**
   * Makes the versions of all property collectors invalid: whatever a client waits for with one is
   * refused with {@code InvalidCollectorVersion}, until it says that it knows nothing. Waits under
   * way go on.
   */
  public void invalidateVersions() {
    server
        .sessions()
        .list()
        .forEach(session -> session.collectors().forEach(Collector::invalidateVersions));
  }

  /**
   * Forgets all views, filters and property collectors, so that they are not found any more; the
   * sessions live. Waits under way end with {@code RequestCanceled}.
   */
  public void discardCollectors() {
    server.sessions().list().forEach(Session::forget);
  }

  /**
   * Tells of every machine that is moved, itself or with a folder above it, that it enters and,
   * after that in the same set, that it leaves, though it has stayed: as vcsim does.
   */
  public void reportMovesAsLeaveAndEnter(boolean value) {
    server.updates().movesAsLeaveAndEnter(value);
  }

  /** Tells of properties without a value, too, when an object enters. */
  public void reportUnsetOnEnter(boolean value) {
    server.updates().unsetInEnters(value);
  }

  /** Tells once more that a machine enters, to everybody who knows of it. */
  public void repeatEnter(String nameOrId) {
    server.inventory().announce(nameOrId);
  }

  /** What goes wrong on demand. */
  public Faults faults() {
    return faults;
  }

  /** How often each method was called since the start, failed calls too. */
  public synchronized Map<String, Integer> requests() {
    return front == null ? Map.of() : front.requests();
  }

  /** How often one method was called. */
  public int requests(String method) {
    return requests().getOrDefault(method, 0);
  }

  /** Starts to count from zero. */
  public synchronized void resetRequestCounts() {
    if (front != null) {
      front.resetRequestCounts();
    }
  }
}
