package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.InventoryException;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.changes.RandomChanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Soak test: machines change while random faults are injected. After each phase all faults end, and
 * the records have to match the machines exactly. All random numbers come from one seed and are
 * drawn in one thread, so a seed repeats its steps and faults; only the times at which the operator
 * notices them differ.
 *
 * <p>A session whose login response was lost stays on the vCenter until its idle time-out. A
 * session whose logout was lost is logged out later. So only phases with faults of the vCenter may
 * leave sessions.
 */
final class Soak implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Soak.class);

  private static final Duration TIMEOUT = Duration.ofSeconds(40);
  private static final String TENANT = "soak";

  private final SoakLimits limits;
  private final SoakEnvironment environment;
  private final SoakJournal journal;
  private final Random random;
  private final RandomChanges world;
  private final OperatorFixture fixture;
  private final SoakOperator operator;
  private final RecordWatcher watcher;
  private final ConvergenceCheck convergence;
  private final RandomRelayFaults vcenterFaults;
  private final RandomRelayFaults apiFaults;
  private final InjectedFault.Pool faults = new InjectedFault.Pool();
  private final InjectedFault.Pool harmlessFaults = new InjectedFault.Pool();
  private boolean leakedSessionsAllowed;
  private int missedChanges;
  private int sessions;

  Soak(SoakEnvironment environment, SoakLimits limits) {
    this.environment = environment;
    this.limits = limits;
    this.journal = new SoakJournal(limits.seed());
    this.random = new Random(limits.seed());
    this.world =
        new RandomChanges(
            random.nextLong(),
            environment.actions(),
            environment.minMachines(),
            environment.maxMachines());
    RelayedPeers peers = environment.peers();
    this.fixture = new OperatorFixture(peers).server(withShortTimeouts(peers.server()));
    Set<String> deleted = ConcurrentHashMap.newKeySet();
    this.watcher =
        new RecordWatcher(
            peers.admin(),
            fixture.target,
            vm -> deleted.contains(vm.getMetadata().getUid()) || removed(vm));
    ManualEdits manualEdits =
        new ManualEdits(
            fixture,
            watcher,
            this::keys,
            environment.unmanagedMachines().stream().map(environment::key).toList(),
            deleted);
    this.convergence = new ConvergenceCheck(environment, world, manualEdits, deleted);
    this.operator = new SoakOperator(fixture);
    this.vcenterFaults = new RandomRelayFaults("vCenter", peers.vcenter(), false);
    this.apiFaults = new RandomRelayFaults("API", peers.api(), true);

    manualEdits.addTo(harmlessFaults);
    harmlessFaults.add("operator restarted", 2, random -> operator.restart());
    manualEdits.addTo(faults);
    faults.add("operator restarted", 2, random -> operator.restart());
    vcenterFaults.addTo(faults);
    apiFaults.addTo(faults);
    apiFaults.addStatusesTo(faults, List.of(500, 503, 429), request -> true);
    apiFaults.addStatusesTo(faults, List.of(409), request -> !request.method().equals("GET"));
    apiFaults.addStatusesTo(faults, List.of(410), request -> request.method().equals("GET"));
    environment.addTo(faults, fixture);
  }

  private static Map<String, String> withShortTimeouts(Map<String, String> server) {
    Map<String, String> settings = new HashMap<>(server);
    settings.put("page-size", "10");
    settings.put("max-wait", "1s");
    settings.put("connect-timeout", "3s");
    settings.put("silence-timeout", "3s");
    settings.put("request-timeout", "5s");
    return settings;
  }

  private boolean removed(VmResource vm) {
    String key = vm.getSpec().source().key();
    return world.removed().stream().anyMatch(id -> environment.key(id).equals(key));
  }

  private List<String> keys() {
    return Stream.concat(
            environment.unmanagedMachines().stream(), world.machines().keySet().stream())
        .map(environment::key)
        .toList();
  }

  /** Runs until a limit is reached. */
  void run() {
    long end = System.nanoTime() + limits.time().toNanos();
    try {
      begin();
      while (journal.steps() < limits.steps() && System.nanoTime() < end) {
        journal.phase(journal.phase() + 1);
        if (random.nextInt(5) == 0 && environment.hide(true)) {
          losePermissions();
        }
        injectAndChange(3 + random.nextInt(6), faults);
        awaitConverged();
        countSessions();
      }
      finish();
    } catch (AssertionError | RuntimeException e) {
      throw journal.failed(e);
    }
    log.info("{}; {} expected deletions", journal, watcher.deletions());
  }

  private void begin() {
    fixture.register(TENANT);
    operator.awaitStarted();
    fixture.awaitUpToDate(TENANT);
    Eventually.within(TIMEOUT).untilAsserted(() -> convergence.learnUnmanaged(watcher.records()));
    sessions = environment.peers().sessions();
  }

  /** Changes machines in bursts, each after a fault. */
  private void injectAndChange(int bursts, InjectedFault.Pool pool) {
    for (int i = 0; i < bursts; i++) {
      InjectedFault.Weighted fault = pool.pick(random);
      leakedSessionsAllowed |= fault.name().startsWith("vCenter");
      journal.fault(fault.name(), fault.fault().begin(random));
      int steps =
          environment.changesPerFault() + random.nextInt(2 * environment.changesPerFault() + 1);
      Duration pause = Duration.ofMillis(random.nextInt(80));
      for (int step = 1; step <= steps; step++) {
        journal.step(world.step());
        if (step % (environment.changesPerFault() / 3) == 0) {
          FixedDelay.elapse(pause);
        }
      }
      if (random.nextInt(3) == 0) {
        heal();
      }
    }
  }

  private void heal() {
    journal.add("healed");
    vcenterFaults.heal();
    apiFaults.heal();
    environment.heal();
  }

  /** Takes all permissions from the account; the operator must not take that for deletions. */
  private void losePermissions() {
    int records = watcher.records().size();
    journal.fault("permissions lost", records + " records");
    String message = fixture.awaitCondition(TENANT, "Synced", "False", "MassDeletionHeld");
    assertThat(message).startsWith(records + " ");
    for (int i = random.nextInt(20); i >= 0; i--) {
      journal.step(world.step());
    }
    FixedDelay.elapse(Duration.ofMillis(random.nextInt(300)));
    assertThat(watcher.records()).hasSize(records);
    environment.hide(false);
    journal.add("permissions back");
  }

  private void awaitConverged() {
    heal();
    long begin = System.nanoTime();
    operator.awaitStarted();
    List<String> problems = heldProblems();
    assertThat(watcher.unexpectedDeletions()).as("deletions").isEmpty();
    if (!problems.isEmpty()) {
      String count = Integer.toString(problems.size());
      journal.fault("deletions held", count + " confirmed");
      fixture.annotate(TENANT, Names.CONFIRM_DELETION_ANNOTATION, count);
      Eventually.within(TIMEOUT).until(this::problems, List::isEmpty);
    }
    assertThat(watcher.unexpectedDeletions()).as("deletions").isEmpty();
    convergence.takeBaseline(watcher.records());
    log.info(
        "phase {} converged after {} ms, {} steps so far, {} sessions",
        journal.phase(),
        (System.nanoTime() - begin) / 1_000_000,
        journal.steps(),
        environment.peers().sessions());
  }

  /** Held deletions after convergence; a complete read finds changes that the vCenter missed. */
  private List<String> heldProblems() {
    try {
      return untilConverged();
    } catch (AssertionError e) {
      if (missedChanges == environment.maxMissedChanges()) {
        throw e;
      }
      missedChanges++;
      journal.fault("change not reported", "complete read: " + e.getMessage());
      fixture.annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, "missed-" + missedChanges);
      return untilConverged();
    }
  }

  private List<String> untilConverged() {
    return Eventually.within(TIMEOUT)
        .until(
            this::problems,
            now -> isConvergedOrHeld(now) || !watcher.unexpectedDeletions().isEmpty());
  }

  /**
   * Checks the watched records first, since that costs no request. The operator may lose liveness
   * at any time, when it reads a response that a fault has corrupted.
   */
  private List<String> problems() {
    operator
        .restartUnlessLive()
        .ifPresent(reason -> journal.fault("operator restarted as not live", reason));
    List<String> problems = new ArrayList<>(convergence.problems(watcher.records()));
    if (problems.isEmpty()) {
      problems.addAll(
          convergence.problems(fixture.status(TENANT), convergence.expectedFacts().size()));
    }
    if (problems.isEmpty()) {
      problems.addAll(convergence.problems(fixture.records()));
    }
    return problems;
  }

  /** Whether there are no problems except held deletions. */
  private boolean isConvergedOrHeld(List<String> problems) {
    return problems.stream().allMatch(ConvergenceCheck::isLeftover)
        && (problems.isEmpty() || held().filter(count -> count == problems.size()).isPresent());
  }

  /** Number of held deletions. */
  private Optional<Integer> held() {
    return fixture
        .condition(TENANT, "Synced")
        .filter(synced -> synced.reason().equals("MassDeletionHeld"))
        .map(Condition::message)
        .map(message -> Integer.valueOf(message.substring(0, message.indexOf(' '))));
  }

  private void countSessions() {
    if (!leakedSessionsAllowed) {
      Eventually.within(TIMEOUT).until(environment.peers()::sessions, now -> now == sessions);
    }
    sessions = environment.peers().sessions();
    leakedSessionsAllowed = false;
  }

  /** Last phase, after which no session may be left. */
  private void finish() {
    journal.add("last phase");
    environment.endSessions();
    awaitConverged();
    Eventually.within(TIMEOUT).until(environment.peers()::sessions, now -> now == 1);
    injectAndChange(3, harmlessFaults);
    awaitConverged();
    Eventually.within(TIMEOUT).until(environment.peers()::sessions, now -> now == 1);
    operator.stop();
    Eventually.within(TIMEOUT).until(environment.peers()::sessions, now -> now == 0);
    assertThat(watcher.unexpectedDeletions()).as("deletions").isEmpty();
  }

  /** Leaves nothing behind. */
  @Override
  public void close() throws InventoryException {
    environment.hide(false);
    heal();
    watcher.close();
    try {
      operator.stop();
    } finally {
      fixture.close();
      world.machines().keySet().forEach(environment.peers()::destroy);
    }
  }
}
