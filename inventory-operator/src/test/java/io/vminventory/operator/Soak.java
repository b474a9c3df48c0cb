package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.InventoryException;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.Names;
import io.vminventory.k8s.VmResource;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.world.ScriptedWorld;
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
 * Lets a world change while everything goes wrong that can, and says after each such phase, when
 * all is healed, whether the records are exactly what is true. All that is random comes from one
 * seed and is drawn in one thread, so the same seed makes the same steps and troubles; only when
 * the operator notices them differs.
 *
 * <p>A session that the operator never learned of, because the answer to its login was lost, stays
 * on the vCenter until its idle time-out; one whose end the vCenter did not hear is logged out
 * later. So sessions may be left by phases in which something was wrong on that side, and by no
 * others.
 */
final class Soak implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Soak.class);

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String TENANT = "soak";

  private final SoakLimits limits;
  private final SoakStage stage;
  private final SoakJournal journal;
  private final Random random;
  private final ScriptedWorld world;
  private final OperatorBench bench;
  private final SoakOperator operator;
  private final RecordsSeen seen;
  private final QuietPoint quiet;
  private final RelayTroubles toVcenter;
  private final RelayTroubles toApi;
  private final Trouble.Choice troubles = new Trouble.Choice();
  private final Trouble.Choice harmless = new Trouble.Choice();
  private boolean sessionsMayBeLeft;
  private int untold;
  private int sessions;

  Soak(SoakStage stage, SoakLimits limits) {
    this.stage = stage;
    this.limits = limits;
    this.journal = new SoakJournal(limits.seed());
    this.random = new Random(limits.seed());
    this.world = new ScriptedWorld(random.nextLong(), stage.actions(), stage.least(), stage.most());
    RelayedPeers peers = stage.peers();
    this.bench = new OperatorBench(peers).server(impatient(peers.server()));
    Set<String> deleted = ConcurrentHashMap.newKeySet();
    this.seen =
        new RecordsSeen(
            peers.admin(),
            bench.target,
            vm -> deleted.contains(vm.getMetadata().getUid()) || removed(vm));
    Bystanders bystanders =
        new Bystanders(
            bench, seen, this::keys, stage.others().stream().map(stage::key).toList(), deleted);
    this.quiet = new QuietPoint(stage, world, bystanders, deleted);
    this.operator = new SoakOperator(bench);
    this.toVcenter = new RelayTroubles("vCenter", peers.vcenter(), false);
    this.toApi = new RelayTroubles("API", peers.api(), true);

    bystanders.offer(harmless);
    harmless.with("operator restarted", 2, random -> operator.restart());
    bystanders.offer(troubles);
    troubles.with("operator restarted", 2, random -> operator.restart());
    toVcenter.offer(troubles);
    toApi.offer(troubles);
    toApi.offerStatuses(troubles, List.of(500, 503, 429), request -> true);
    toApi.offerStatuses(troubles, List.of(409), request -> !request.method().equals("GET"));
    toApi.offerStatuses(troubles, List.of(410), request -> request.method().equals("GET"));
    stage.offer(troubles, bench);
  }

  private static Map<String, String> impatient(Map<String, String> server) {
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
    return world.removed().stream().anyMatch(id -> stage.key(id).equals(key));
  }

  private List<String> keys() {
    return Stream.concat(stage.others().stream(), world.machines().keySet().stream())
        .map(stage::key)
        .toList();
  }

  /** Runs until a limit is reached. */
  void run() {
    long end = System.nanoTime() + limits.time().toNanos();
    try {
      begin();
      while (journal.steps() < limits.steps() && System.nanoTime() < end) {
        journal.phase(journal.phase() + 1);
        if (random.nextInt(5) == 0 && stage.hide(true)) {
          loseSight();
        }
        disturb(3 + random.nextInt(6), troubles);
        awaitQuiet();
        countSessions();
      }
      finish();
    } catch (AssertionError | RuntimeException e) {
      throw journal.failed(e);
    }
    log.info("{}; {} records were deleted rightly", journal, seen.deletions());
  }

  private void begin() {
    bench.register(TENANT);
    operator.awaitStarted();
    bench.awaitUpToDate(TENANT);
    Eventually.within(PATIENCE).untilPasses(() -> quiet.learn(seen.records()));
    sessions = stage.peers().sessions();
  }

  /** Changes the world, with a trouble before each burst of changes. */
  private void disturb(int bursts, Trouble.Choice choice) {
    for (int i = 0; i < bursts; i++) {
      Trouble.Named trouble = choice.pick(random);
      sessionsMayBeLeft |= trouble.name().startsWith("vCenter");
      journal.trouble(trouble.name(), trouble.trouble().begin(random));
      int steps = stage.burst() + random.nextInt(2 * stage.burst() + 1);
      Duration pause = Duration.ofMillis(random.nextInt(80));
      for (int step = 1; step <= steps; step++) {
        journal.step(world.step());
        if (step % (stage.burst() / 3) == 0) {
          Dwell.during(pause);
        }
      }
      if (random.nextInt(3) == 0) {
        heal();
      }
    }
  }

  private void heal() {
    journal.note("healed");
    toVcenter.heal();
    toApi.heal();
    stage.heal();
  }

  /** The account loses its permissions: that looks like deletions, and must not be taken for. */
  private void loseSight() {
    int records = seen.records().size();
    journal.trouble("permissions lost", records + " records");
    String message = bench.awaitCondition(TENANT, "Synced", "False", "MassDeletionHeld");
    assertThat(message).startsWith(records + " ");
    for (int i = random.nextInt(20); i >= 0; i--) {
      journal.step(world.step());
    }
    Dwell.during(Duration.ofMillis(random.nextInt(300)));
    assertThat(seen.records()).hasSize(records);
    stage.hide(false);
    journal.note("permissions back");
  }

  private void awaitQuiet() {
    heal();
    long begin = System.nanoTime();
    operator.awaitStarted();
    List<String> problems = remaining();
    assertThat(seen.wrong()).as("deletions").isEmpty();
    if (!problems.isEmpty()) {
      String count = Integer.toString(problems.size());
      journal.trouble("deletions held", count + " confirmed");
      bench.annotate(TENANT, Names.CONFIRM_DELETION_ANNOTATION, count);
      Eventually.within(PATIENCE).until(this::problems, List::isEmpty);
    }
    assertThat(seen.wrong()).as("deletions").isEmpty();
    quiet.remember(seen.records());
    log.info(
        "phase {} quiet after {} ms, {} steps so far, {} sessions",
        journal.phase(),
        (System.nanoTime() - begin) / 1_000_000,
        journal.steps(),
        stage.peers().sessions());
  }

  /** What is left when it is quiet; what the vCenter did not tell is found by a complete read. */
  private List<String> remaining() {
    try {
      return untilQuiet();
    } catch (AssertionError e) {
      if (untold == stage.mostUntold()) {
        throw e;
      }
      untold++;
      journal.trouble("a change was not told", "all read anew: " + e.getMessage());
      bench.annotate(TENANT, Names.SYNC_REQUESTED_ANNOTATION, "untold-" + untold);
      return untilQuiet();
    }
  }

  private List<String> untilQuiet() {
    return Eventually.within(PATIENCE)
        .until(this::problems, now -> isQuietOrHeld(now) || !seen.wrong().isEmpty());
  }

  /**
   * What the watch tells is asked first, since it costs nothing. The operator may notice at any
   * time that it has to be replaced, since it has not read yet what a fault has made of an answer.
   */
  private List<String> problems() {
    operator.replaceUnlessAlive().ifPresent(reason -> journal.trouble("operator replaced", reason));
    List<String> problems = new ArrayList<>(quiet.problems(seen.records()));
    if (problems.isEmpty()) {
      problems.addAll(quiet.problems(bench.status(TENANT), quiet.truth().size()));
    }
    if (problems.isEmpty()) {
      problems.addAll(quiet.problems(bench.records()));
    }
    return problems;
  }

  /** Nothing is wrong but that records are left, and so many that a person is asked. */
  private boolean isQuietOrHeld(List<String> problems) {
    return problems.stream().allMatch(QuietPoint::isLeftover)
        && (problems.isEmpty() || held().filter(count -> count == problems.size()).isPresent());
  }

  /** How many deletions are held. */
  private Optional<Integer> held() {
    return bench
        .condition(TENANT, "Synced")
        .filter(synced -> synced.reason().equals("MassDeletionHeld"))
        .map(Condition::message)
        .map(message -> Integer.valueOf(message.substring(0, message.indexOf(' '))));
  }

  private void countSessions() {
    if (!sessionsMayBeLeft) {
      Eventually.within(PATIENCE).until(stage.peers()::sessions, now -> now == sessions);
    }
    sessions = stage.peers().sessions();
    sessionsMayBeLeft = false;
  }

  /** A phase at whose end nothing excuses a session. */
  private void finish() {
    journal.note("the last phase");
    stage.endSessions();
    awaitQuiet();
    Eventually.within(PATIENCE).until(stage.peers()::sessions, now -> now == 1);
    disturb(3, harmless);
    awaitQuiet();
    Eventually.within(PATIENCE).until(stage.peers()::sessions, now -> now == 1);
    operator.stop();
    Eventually.within(PATIENCE).until(stage.peers()::sessions, now -> now == 0);
    assertThat(seen.wrong()).as("deletions").isEmpty();
  }

  /** Leaves nothing behind. */
  @Override
  public void close() throws InventoryException {
    stage.hide(false);
    heal();
    seen.close();
    try {
      operator.stop();
    } finally {
      bench.close();
      world.machines().keySet().forEach(stage.peers()::destroy);
    }
  }
}
