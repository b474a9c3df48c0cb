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
 * An operator with a relay to each of its peers, one tenant, and somebody who looks closely: what
 * the records say, what ever happened to them, and what that cost.
 */
final class FaultBench implements AutoCloseable {

  static final String TENANT = "test";

  /** How soon after a recovery the records have to say what is so. */
  static final Duration RECOVERY = Duration.ofSeconds(30);

  /** Settings of the server as they are by default. */
  static final Map<String, String> PATIENT =
      Map.of("connect-timeout", "10s", "silence-timeout", "20s", "request-timeout", "60s");

  /** Some changes come in two steps. */
  private static final int WRITES_PER_CHANGE = 2;

  private final FaultPeers peers;
  private final FaultRelay vcenter;
  private final FaultRelay apiServer;
  private final OperatorBench bench;
  private final History history;
  private final Set<String> machines = new HashSet<>();
  private final Set<String> mayBeDeleted = new HashSet<>();
  private final String leaving;
  private final String changing;

  // as of the last moment at which all was well
  private Map<String, String> versions = Map.of();
  private Map<String, String> names = Map.of();
  private int writes;
  private int changes;

  FaultBench(FaultPeers peers) {
    this(peers, Map.of());
  }

  /**
   * @param settings of the server, besides those that make silence short
   */
  FaultBench(FaultPeers peers, Map<String, String> settings) {
    this.peers = peers;
    this.vcenter = peers.vcenterRelay();
    this.apiServer = peers.apiRelay();
    this.bench = new OperatorBench(peers);
    this.history = new History(peers.admin(), bench.target, bench.namespace);
    bench.clients(() -> peers.operator(apiServer)).server(impatient(settings));
    leaving = create("leaving");
    changing = create("changing");
  }

  /** Settings that notice silence within a second or two, and read in small pages. */
  private Map<String, String> impatient(Map<String, String> settings) {
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

  OperatorBench bench() {
    return bench;
  }

  History history() {
    return history;
  }

  /** Starts the operator and waits until the tenant is up to date. */
  FaultBench upToDate() throws InventoryException {
    bench.start();
    bench.register(TENANT);
    bench.awaitUpToDate(TENANT);
    awaitSaid();
    remember();
    return this;
  }

  /** From here on writes and changes are counted, and records must keep their names. */
  void remember() {
    versions = recordVersions();
    names = recordNames();
    writes = peers.vmWrites();
    changes = 0;
  }

  /** Adds a machine, changes one and removes one. Once for each bench. */
  void changeTheWorld() {
    create("late");
    peers.powerOn(changing);
    destroy(leaving);
    changes += 2;
  }

  /** Makes a machine with a name that nobody else has; its managed object id. */
  String create(String name) {
    String machine = peers.create(name + "-" + UUID.randomUUID().toString().substring(0, 8));
    machines.add(machine);
    changes++;
    return machine;
  }

  private void destroy(String machine) {
    mayDelete(peers.key(machine));
    machines.remove(machine);
    peers.destroy(machine);
  }

  /** A machine that is there all the time. */
  String lasting() {
    return changing;
  }

  /** The record of this machine is gone for a reason. */
  void mayDelete(String key) {
    mayBeDeleted.add(key);
  }

  /** How many machines there are. */
  int machines() {
    return peers.machines().size();
  }

  /** So many writes more are needed. */
  void moreChanges(int count) {
    changes += count;
  }

  /** Heals both sides. */
  void heal() {
    vcenter.heal();
    apiServer.heal();
  }

  /** The API server or vCenter is down: nobody listens, and all connections end. */
  static void down(FaultRelay relay) {
    relay.inject(RelayFault.refuse());
    relay.inject(RelayFault.reset());
  }

  void assertUntouched() {
    assertThat(recordVersions()).isEqualTo(versions);
    assertThat(history.deleted()).isSubsetOf(mayBeDeleted);
  }

  /** Looks for a while whether anything happens to the records. */
  void assertUntouchedFor(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    Eventually.within(time.plusSeconds(5))
        .until(
            () -> {
              List<String> deleted = history.deleted();
              return System.nanoTime() >= end || !mayBeDeleted.containsAll(deleted);
            });
    assertUntouched();
  }

  /** Waits until a session has lived long enough to be replaced without a word when it ends. */
  void awaitSeasoned() {
    long end = System.nanoTime() + Duration.ofMillis(5_500).toNanos();
    Eventually.within(OperatorBench.PATIENCE).until(() -> System.nanoTime() >= end);
  }

  /** Waits until a complete read has answered this request. */
  void awaitAnswered(String request) {
    Eventually.within(RECOVERY)
        .until(() -> request.equals(bench.status(TENANT).lastHandledRequest()));
  }

  void awaitTrouble(String reason) {
    bench.awaitCondition(TENANT, "Ready", "False", reason);
  }

  /** Waits until the tenant's condition {@code Synced} says this. */
  void awaitSyncedMessage(String part) {
    Eventually.within(OperatorBench.PATIENCE)
        .untilPasses(
            () ->
                assertThat(bench.condition(TENANT, "Synced").orElseThrow().message())
                    .contains(part));
  }

  /**
   * Waits until the records say what the vCenter says: in time, with the names that they had, and
   * without a record being deleted meanwhile or written for nothing.
   */
  void awaitTruth() {
    awaitSaid();
    bench.awaitUpToDate(TENANT);
    Eventually.within(RECOVERY).until(() -> history.versions().equals(recordVersions()));
    assertThat(history.deleted()).as("deleted records").isSubsetOf(mayBeDeleted);
    Map<String, String> now = recordNames();
    names.forEach(
        (key, name) -> {
          if (now.containsKey(key)) {
            assertThat(now).containsEntry(key, name);
          }
        });
    assertThat(peers.vmWrites() - writes)
        .as("writes")
        .isLessThanOrEqualTo(WRITES_PER_CHANGE * changes);
  }

  private void awaitSaid() {
    Map<String, MachineBrief> truth = new TreeMap<>(peers.machines());
    Eventually.within(RECOVERY).untilPasses(() -> assertThat(recorded()).isEqualTo(truth));
  }

  private Map<String, MachineBrief> recorded() {
    Map<String, MachineBrief> recorded = new TreeMap<>();
    List<String> twice = new ArrayList<>();
    for (VmResource vm : bench.records()) {
      String key = vm.getSpec().source().key();
      if (recorded.put(key, MachineBrief.of(vm.getStatus())) != null) {
        twice.add(key);
      }
    }
    assertThat(twice).as("machines with two records").isEmpty();
    return recorded;
  }

  private Map<String, String> recordVersions() {
    return bench.records().stream()
        .collect(
            Collectors.toMap(
                vm -> vm.getMetadata().getName(), vm -> vm.getMetadata().getResourceVersion()));
  }

  private Map<String, String> recordNames() {
    return bench.records().stream()
        .collect(
            Collectors.toMap(vm -> vm.getSpec().source().key(), vm -> vm.getMetadata().getName()));
  }

  /** The status and the text of {@code /readyz} or {@code /livez}. */
  String health(String path) {
    return Health.ask(bench.httpPort(), path);
  }

  void awaitHealth(String path, String part) {
    Eventually.within(OperatorBench.PATIENCE)
        .untilPasses(() -> assertThat(health(path)).contains(part));
  }

  /** Ends all faults and the operator; it has to log out of all that it logged in to. */
  @Override
  public void close() throws InventoryException {
    heal();
    history.close();
    machines.forEach(peers::destroy);
    try {
      bench.close();
      int left = peers.sessions();
      peers.endSessions();
      assertThat(left).as("sessions left open").isZero();
    } finally {
      vcenter.close();
      apiServer.close();
    }
  }
}
