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
 * Simulated vCenter in this process, for tests and demos. Thread-safe.
 *
 * <p>Machines are addressed by id, such as {@code vm-1}, or by a unique name; methods that take one
 * throw {@link IllegalArgumentException} if there is none or more than one. A change is visible to
 * every call that starts after the method returned.
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

  private final ServerState server;
  private final Optional<TestCertificates> certificates;
  private final Faults faults = new Faults();
  private final SoapService soap;
  private final InventoryEditor editor;
  private @Nullable HttpEndpoint endpoint;
  private int port;

  VcenterSimulator(
      ServerState server,
      InstantSource clock,
      ChangeSignal signal,
      Optional<TestCertificates> certificates,
      int port) {
    this.server = server;
    this.editor = new InventoryEditor(server.inventory());
    this.certificates = certificates;
    this.port = port;
    Map<String, SoapMethod> methods = new HashMap<>();
    methods.putAll(new SessionMethods(server, clock).methods());
    methods.putAll(new RetrieveMethods(server).methods());
    methods.putAll(new UpdateMethods(server, signal).methods());
    this.soap = new SoapService(server.sessions(), methods);
    start();
  }

  /** A new builder. */
  public static VcenterBuilder builder() {
    return new VcenterBuilder();
  }

  /** The URL of the API, such as {@code https://127.0.0.1:40123/sdk}. */
  public URI url() {
    return URI.create(
        (certificates.isPresent() ? "https" : "http") + "://127.0.0.1:" + port() + "/sdk");
  }

  /** The port, which survives restarts. */
  public synchronized int port() {
    return port;
  }

  /** The certificate of the server's authority, in PEM; empty without TLS. */
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

  /** The instance UUID of the server. */
  public String instanceUuid() {
    return server.instanceUuid();
  }

  /** Starts again after {@link #stop()}, on the same port. Does nothing if it is running. */
  public synchronized void start() {
    if (endpoint == null) {
      try {
        endpoint =
            new HttpEndpoint(soap, server.sessions(), faults, certificates.orElse(null), port);
        port = endpoint.port();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot listen on port " + port, e);
      }
    }
  }

  /**
   * Stops like a killed process: all connections are cut, and all sessions with their objects are
   * gone. Machines and accounts stay. Idempotent.
   */
  public synchronized void stop() {
    if (endpoint != null) {
      endpoint.stop();
      endpoint = null;
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

  /**
   * Changes any state of a machine: {@code change("web-1", m -> m.cpus(4).folder("/DC0/vm/b"))}.
   */
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

  /** Moves a machine to the folder with this inventory path, which is created if needed. */
  public void moveToFolder(String nameOrId, String folder) {
    change(nameOrId, machine -> machine.folder(folder));
  }

  public void moveToHost(String nameOrId, String host) {
    change(nameOrId, machine -> machine.host(host));
  }

  /** Creates a folder for machines, such as {@code /DC0/vm/web}, if needed. */
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
   * @param path such as {@code /DC0/vm/web}; not one of the four fixed folders of a data center
   * @throws IllegalArgumentException if it does not exist, or its parent has a child of the new
   *     name
   */
  public void renameFolder(String path, String newName) {
    editor.renameFolder(path, newName);
  }

  /**
   * Moves a folder with its contents into another folder of its data center. An account with {@link
   * Visibility#folder} sees whatever is at that path now.
   */
  public void moveFolder(String path, String newParentPath) {
    editor.moveFolder(path, newParentPath);
  }

  /** Renames a host, and its compute resource if it is standalone. */
  public void renameHost(String name, String newName) {
    editor.renameHost(name, newName);
  }

  public void renameCluster(String name, String newName) {
    editor.renameCluster(name, newName);
  }

  /** Renames the data center at this path, such as {@code /DC0}. */
  public void renameDatacenter(String path, String newName) {
    editor.renameDatacenter(path, newName);
  }

  /** The current state of a machine. */
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

  /** Adds or replaces an account; open sessions keep the old one. */
  public void account(String user, String password, Visibility visibility) {
    server.sessions().put(new Account(user, password, visibility));
  }

  /** Changes the password; open sessions stay open. */
  public void changePassword(String user, String password) {
    server.sessions().account(user).password(password);
  }

  /** Changes what an account sees, also in open sessions. */
  public void changeVisibility(String user, Visibility visibility) {
    server.sessions().account(user).visibility(visibility);
    server.inventory().signalAll();
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
   * Invalidates the versions of all property collectors: waits with such a version fail with {@code
   * InvalidCollectorVersion} until the client starts over without one. Pending waits continue.
   */
  public void invalidateVersions() {
    server
        .sessions()
        .list()
        .forEach(session -> session.collectors().forEach(PropertyCollector::invalidateVersions));
  }

  /**
   * Destroys all views, filters and property collectors; the sessions stay open. Pending waits end
   * with {@code RequestCanceled}.
   */
  public void discardCollectors() {
    server.sessions().list().forEach(Session::discardCollectors);
  }

  /**
   * Reports every moved machine, moved itself or with a folder above it, as {@code enter} and then
   * {@code leave} in the same update set, though it still exists: as vcsim does.
   */
  public void reportMovesAsLeaveAndEnter(boolean value) {
    server.updates().movesAsLeaveAndEnter(value);
  }

  /** Reports unset properties, too, when an object enters. */
  public void reportUnsetOnEnter(boolean value) {
    server.updates().unsetOnEnter(value);
  }

  /** Reports once more that a machine enters, to every filter that has it. */
  public void repeatEnter(String nameOrId) {
    server.inventory().repeatEnter(nameOrId);
  }

  /** The injected faults. */
  public Faults faults() {
    return faults;
  }

  /** The number of calls of each method since the start, failed ones included. */
  public synchronized Map<String, Integer> requests() {
    return endpoint == null ? Map.of() : endpoint.requests();
  }

  /** The number of calls of one method. */
  public int requests(String method) {
    return requests().getOrDefault(method, 0);
  }

  /** Resets the counts to zero. */
  public synchronized void resetRequestCounts() {
    if (endpoint != null) {
      endpoint.resetRequestCounts();
    }
  }
}
