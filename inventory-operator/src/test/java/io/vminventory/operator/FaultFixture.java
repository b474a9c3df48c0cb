package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.InventoryException;
import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.relay.RelayFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Operator with one tenant and a relay to each of its peers. Compares the records with the
 * machines, and counts what was deleted and written since the last baseline.
 */
final class FaultFixture implements AutoCloseable {

  static final String TENANT = "test";

  /** Time within which the records have to match the machines after a recovery. */
  static final Duration RECOVERY_TIMEOUT = Duration.ofSeconds(30);

  /** Default time-outs of a server. */
  static final Map<String, String> DEFAULT_TIMEOUTS =
      Map.of("connect-timeout", "10s", "silence-timeout", "20s", "request-timeout", "60s");

  /** Some changes come in two steps. */
  private static final int MAX_WRITES_PER_CHANGE = 2;

  private final FaultPeers peers;
  private final FaultRelay vcenter;
  private final FaultRelay apiServer;
  private final OperatorFixture fixture;
  private final RecordHistory history;
  private final Set<String> machines = new HashSet<>();
  private final Set<String> expectedDeletions = new HashSet<>();
  private final String removedLater;
  private final String permanent;

  // As of the last baseline.
  private Map<String, String> versions = Map.of();
  private Map<String, String> names = Map.of();
  private int writes;
  private int changes;

  FaultFixture(FaultPeers peers) {
    this(peers, Map.of());
  }

  /**
   * @param settings of the server, which override the short time-outs
   */
  FaultFixture(FaultPeers peers, Map<String, String> settings) {
    this.peers = peers;
    this.vcenter = peers.vcenterRelay();
    this.apiServer = peers.apiRelay();
    this.fixture = new OperatorFixture(peers);
    this.history = new RecordHistory(peers.admin(), fixture.target, fixture.namespace);
    fixture.clients(() -> peers.operator(apiServer)).server(withShortTimeouts(settings));
    removedLater = create("leaving");
    permanent = create("changing");
  }

  /** Settings that detect silence within a second or two, and read in small pages. */
  private Map<String, String> withShortTimeouts(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(peers.server(vcenter));
    all.put("connect-timeout", "1s");
    all.put("silence-timeout", "1s");
    all.put("request-timeout", "5s");
    all.put("max-wait", "1s");
    all.put("page-size", "5");
    all.putAll(settings);
    return all;
  }

  FaultRelay vcenter() {
    return vcenter;
  }

  FaultRelay apiServer() {
    return apiServer;
  }

  OperatorFixture operator() {
    return fixture;
  }

  RecordHistory history() {
    return history;
  }

  /** Starts the operator and waits until the tenant is up to date. */
  FaultFixture upToDate() throws InventoryException {
    fixture.start();
    fixture.register(TENANT);
    fixture.awaitUpToDate(TENANT);
    awaitRecordsMatchMachines();
    takeBaseline();
    return this;
  }

  /** Starts counting writes and changes; from now on records have to keep their names. */
  void takeBaseline() {
    versions = recordVersions();
    names = recordNames();
    writes = peers.vmWrites();
    changes = 0;
  }

  /** Adds a machine, changes one and removes one. Call it once per fixture. */
  void changeMachines() {
    create("late");
    peers.powerOn(permanent);
    destroy(removedLater);
    changes += 2;
  }

  /** Creates a machine with a unique name and returns its managed object id. */
  String create(String name) {
    String machine = peers.create(name + "-" + UUID.randomUUID().toString().substring(0, 8));
    machines.add(machine);
    changes++;
    return machine;
  }

  private void destroy(String machine) {
    expectDeletion(peers.key(machine));
    machines.remove(machine);
    peers.destroy(machine);
  }

  /** A machine that is never removed. */
  String permanentMachine() {
    return permanent;
  }

  /** Allows the record of this machine to be deleted. */
  void expectDeletion(String key) {
    expectedDeletions.add(key);
  }

  /** Number of machines in the vCenter. */
  int machines() {
    return peers.machines().size();
  }

  /** Allows writes for that many further changes. */
  void expectMoreChanges(int count) {
    changes += count;
  }

  /** Ends the faults of both relays. */
  void heal() {
    vcenter.heal();
    apiServer.heal();
  }

  /** Refuses new connections through the relay and resets the existing ones. */
  static void takeDown(FaultRelay relay) {
    relay.inject(RelayFault.refuse());
    relay.inject(RelayFault.reset());
  }

  void assertRecordsUnchanged() {
    assertThat(recordVersions()).isEqualTo(versions);
    assertThat(history.deleted()).isSubsetOf(expectedDeletions);
  }

  /** Watches for that time that no record changes. */
  void assertRecordsUnchangedFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Eventually.within(time.plusSeconds(5))
        .until(
            () -> {
              List<String> deleted = history.deleted();
              return System.nanoTime() >= end || !expectedDeletions.containsAll(deleted);
            });
    assertRecordsUnchanged();
  }

  /** Waits until the session is old enough to be replaced silently when it ends. */
  void awaitMinimumSessionAge() {
    long end = System.nanoTime() + Duration.ofMillis(5_500).toNanos();
    Eventually.within(OperatorFixture.TIMEOUT).until(() -> System.nanoTime() >= end);
  }

  /** Waits until a complete read has handled this request. */
  void awaitHandled(String request) {
    Eventually.within(RECOVERY_TIMEOUT)
        .until(() -> request.equals(fixture.status(TENANT).lastHandledRequest()));
  }

  void awaitNotReady(String reason) {
    fixture.awaitCondition(TENANT, "Ready", "False", reason);
  }

  /** Waits until the message of the condition {@code Synced} contains this. */
  void awaitSyncedMessage(String part) {
    Eventually.within(OperatorFixture.TIMEOUT)
        .untilAsserted(
            () ->
                assertThat(fixture.condition(TENANT, "Synced").orElseThrow().message())
                    .contains(part));
  }

  /**
   * Waits until the records match the machines: in time, under their old names, and without
   * unexpected deletions or needless writes since the baseline.
   */
  void awaitConvergence() {
    awaitRecordsMatchMachines();
    fixture.awaitUpToDate(TENANT);
    Eventually.within(RECOVERY_TIMEOUT).until(() -> history.versions().equals(recordVersions()));
    assertThat(history.deleted()).as("deleted records").isSubsetOf(expectedDeletions);
    Map<String, String> now = recordNames();
    names.forEach(
        (key, name) -> {
          if (now.containsKey(key)) {
            assertThat(now).containsEntry(key, name);
          }
        });
    assertThat(peers.vmWrites() - writes)
        .as("writes")
        .isLessThanOrEqualTo(MAX_WRITES_PER_CHANGE * changes);
  }

  private void awaitRecordsMatchMachines() {
    Map<String, MachineSummary> machines = new TreeMap<>(peers.machines());
    Eventually.within(RECOVERY_TIMEOUT)
        .untilAsserted(() -> assertThat(recordedMachines()).isEqualTo(machines));
  }

  private Map<String, MachineSummary> recordedMachines() {
    Map<String, MachineSummary> recorded = new TreeMap<>();
    List<String> duplicates = new ArrayList<>();
    for (VmResource vm : fixture.records()) {
      String key = vm.getSpec().source().key();
      if (recorded.put(key, MachineSummary.of(vm.getStatus())) != null) {
        duplicates.add(key);
      }
    }
    assertThat(duplicates).as("machines with two records").isEmpty();
    return recorded;
  }

  private Map<String, String> recordVersions() {
    return fixture.records().stream()
        .collect(
            Collectors.toMap(
                vm -> vm.getMetadata().getName(), vm -> vm.getMetadata().getResourceVersion()));
  }

  private Map<String, String> recordNames() {
    return fixture.records().stream()
        .collect(
            Collectors.toMap(vm -> vm.getSpec().source().key(), vm -> vm.getMetadata().getName()));
  }

  /** Status and body of {@code /readyz} or {@code /livez}. */
  String health(String path) {
    return HealthEndpoint.get(fixture.httpPort(), path);
  }

  void awaitHealth(String path, String part) {
    Eventually.within(OperatorFixture.TIMEOUT)
        .untilAsserted(() -> assertThat(health(path)).contains(part));
  }

  /** Ends all faults and the operator, which must not leave a session. */
  @Override
  public void close() throws InventoryException {
    heal();
    history.close();
    machines.forEach(peers::destroy);
    try {
      fixture.close();
      int left = peers.sessions();
      peers.endSessions();
      assertThat(left).as("sessions left open").isZero();
    } finally {
      vcenter.close();
      apiServer.close();
    }
  }
}
