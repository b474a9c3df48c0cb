package io.vminventory.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Change;
import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Secret;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.Update;
import io.vminventory.api.VirtualMachine;
import io.vminventory.k8s.SyncMode;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.ManualClock;
import io.vminventory.testkit.fake.FakeProvider;
import io.vminventory.testkit.fake.SampleMachines;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a mirror does while a session is open. */
@Timeout(60)
@Tag("slow")
class SessionFollowerTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Tenant TENANT =
      new Tenant(new TenantId("default", "test"), "ann", Secret.of("secret"), "target");
  private static final List<SinkResult.Problem> REFUSED =
      List.of(new SinkResult.Problem("a", "refused"));

  /** Stands still unless a test moves it, so that nothing but throttling takes time by itself. */
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T12:00:00Z"));

  private final FakeProvider platform = new FakeProvider().account("ann", "secret");
  private final List<Inventory> applied = new CopyOnWriteArrayList<>();
  private final List<MirrorState> published = new CopyOnWriteArrayList<>();
  private final List<Duration> lags = new CopyOnWriteArrayList<>();
  private final List<FailedAttempt> failedAttempts = new CopyOnWriteArrayList<>();
  private volatile List<SinkResult.Problem> problems = List.of();
  private volatile boolean down;
  private final Mirrors mirrors = new Mirrors(this::write, clock, id -> {});

  @BeforeEach
  void setUp() {
    platform.put(flapping(1));
  }

  @AfterEach
  void tearDown() throws InterruptedException {
    mirrors.close();
    assertThat(platform.openSessions()).isZero();
  }

  @Test
  void aMachineThatFlapsIsAppliedFourTimesASecondAtMost() throws Exception {
    watch(platform, Set.of());
    awaitApplied(1);
    int flaps = 200;
    AtomicInteger cpus = new AtomicInteger(1);
    CountDownLatch left = new CountDownLatch(flaps);
    long began = System.nanoTime();
    ScheduledExecutorService flapper = Executors.newSingleThreadScheduledExecutor();
    ScheduledFuture<?> flips =
        flapper.scheduleAtFixedRate(
            () -> {
              platform.put(flapping(2 + cpus.incrementAndGet() % 2));
              left.countDown();
            },
            0,
            10,
            TimeUnit.MILLISECONDS);
    assertThat(left.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(flips.cancel(false)).isTrue();
    flapper.shutdown();
    assertThat(flapper.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    long quarters = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began) / 250;
    assertThat(applied).hasSizeBetween(3, (int) quarters + 2);

    platform.put(flapping(8));
    awaitLast(8);
    assertThat(platform.opens()).isEqualTo(1);
  }

  @Test
  void aMachineThatIsBackInItsOldStateIsNotApplied() {
    watch(platform, Set.of());
    awaitApplied(1);
    platform.put(flapping(2));
    awaitApplied(2);
    platform.put(flapping(3)).put(flapping(2)).put(flapping(4));
    awaitLast(4);
    assertThat(applied).hasSize(3);
  }

  @Test
  void changesToWhatIsKnownAreNotApplied() {
    BlockingQueue<Update> updates = new LinkedBlockingQueue<>();
    updates.add(new Update.Snapshot(Inventory.of("v", List.of(flapping(1)))));
    watch((tenant, purpose) -> new ScriptedSession(updates), Set.of());
    updates.add(new Update.Changes(List.of(new Change.Put(flapping(1)))));
    updates.add(new Update.Changes(List.of(new Change.Remove(SampleMachines.id(99)))));
    updates.add(new Update.Changes(List.of(new Change.Put(flapping(2)))));
    awaitLast(2);
    assertThat(applied).hasSize(2);
  }

  @Test
  void anExternalChangeAppliesTheInventoryAgainWithoutAnotherRead() {
    watch(platform, Set.of());
    awaitApplied(1);
    mirrors.externallyChanged(TENANT.id());
    awaitApplied(2);
    assertThat(applied.get(1)).isEqualTo(applied.get(0));
    mirrors.externallyChanged(new TenantId("default", "another"));
    platform.put(flapping(2));
    awaitLast(2);
    assertThat(applied).hasSize(3);
    assertThat(platform.opens()).isEqualTo(1);
    assertThat(state().reads().count()).isEqualTo(1);
  }

  @Test
  void unwrittenRecordsAreRetriedWhenTheirDelayHasPassed() {
    problems = REFUSED;
    watch(platform, Set.of());
    awaitApplied(1);
    // Its update arrives after several waits, and none of them retried a write.
    platform.put(flapping(2));
    awaitLast(2);
    assertThat(applied).hasSize(2);
    assertThat(failedAttempts).hasSize(1);

    problems = List.of();
    clock.advance(Duration.ofSeconds(1));
    awaitApplied(3);
    Eventually.within(TIMEOUT).until(() -> state().failedAttempt().isEmpty());
    assertThat(platform.opens()).isEqualTo(1);
  }

  @Test
  void theLagOfAChangeLastsUntilAllReportedChangesAreWritten() {
    watch(platform, Set.of());
    awaitApplied(1);
    platform.put(flapping(2));
    Eventually.within(TIMEOUT).until(() -> lags.size() == 1);
    assertThat(lags).containsExactly(Duration.ZERO);

    problems = REFUSED;
    platform.put(flapping(3));
    awaitLast(3);
    Eventually.within(TIMEOUT).until(() -> failedAttempts.size() == 1);
    clock.advance(Duration.ofMillis(100));
    platform.put(flapping(4));
    awaitLast(4);
    problems = List.of();
    clock.advance(Duration.ofSeconds(9));
    Eventually.within(TIMEOUT).until(() -> lags.size() == 2);
    assertThat(lags.get(1)).isBetween(Duration.ofMillis(9_000), Duration.ofMillis(9_100));
  }

  @Test
  void aSinkThatFailsCostsNoLoginAndGetsTheNewestInventoryInTheEnd() {
    down = true;
    watch(platform, Set.of("sync:now"));
    Eventually.within(TIMEOUT).until(() -> failedAttempts.size() == 1);
    platform.put(flapping(2));
    for (int attempts = 2; attempts < 5; attempts++) {
      int expected = attempts;
      clock.advance(Duration.ofSeconds(10));
      Eventually.within(TIMEOUT).until(() -> failedAttempts.size() == expected);
    }
    assertThat(state().reads().handled()).isEmpty();
    down = false;
    clock.advance(Duration.ofSeconds(10));
    awaitLast(2);
    Eventually.within(TIMEOUT).until(() -> state().reads().handled().contains("sync:now"));
    assertThat(state().reads().count()).isEqualTo(1);
    assertThat(platform.opens()).isEqualTo(1);
  }

  @Test
  void recordsThatAnIntervalReadLeftUnwrittenAreRetriedWithoutAnotherLogin() {
    down = true;
    ensure(platform, SyncMode.INTERVAL, Set.of("sync:now"));
    Eventually.within(TIMEOUT).until(() -> failedAttempts.size() == 1);
    pass(Duration.ofSeconds(1));
    Eventually.within(TIMEOUT).until(() -> failedAttempts.size() == 2);
    down = false;
    problems = REFUSED;
    pass(Duration.ofSeconds(2));
    Eventually.within(TIMEOUT).until(() -> state().reads().handled().contains("sync:now"));
    problems = List.of();
    pass(Duration.ofSeconds(10));
    Eventually.within(TIMEOUT).until(() -> state().failedAttempt().isEmpty());
    assertThat(state().reads().count()).isEqualTo(1);
    assertThat(platform.opens()).isEqualTo(1);
    pass(Duration.ofHours(1));
    Eventually.within(TIMEOUT).until(() -> platform.opens() == 2);
  }

  @Test
  void aSessionThatIsLostAfterAWhileIsReplacedWithoutAFailedAttempt() {
    watch(platform, Set.of());
    awaitApplied(1);
    clock.advance(Duration.ofSeconds(6));
    platform.failSessions(Failure.UNAVAILABLE);
    Eventually.within(TIMEOUT).until(() -> platform.opens() == 2);
    awaitApplied(2);
    assertThat(published).allMatch(state -> state.failedAttempt().isEmpty());
    assertThat(failedAttempts).isEmpty();
  }

  @Test
  void aSessionThatIsLostAtOnceIsAFailedAttempt() {
    watch(platform, Set.of());
    awaitApplied(1);
    platform.failSessions(Failure.UNAVAILABLE);
    Eventually.within(TIMEOUT).until(() -> failedAttempts.size() == 1);
    assertThat(platform.attempts()).isEqualTo(1);
  }

  @Test
  void aLostSessionThatCannotBeReplacedIsAFailedAttempt() {
    watch(platform, Set.of());
    awaitApplied(1);
    clock.advance(Duration.ofSeconds(6));
    platform.failOpens(Failure.UNAVAILABLE, 1).failSessions(Failure.UNAVAILABLE);
    Eventually.within(TIMEOUT).until(() -> failedAttempts.size() == 1);
    assertThat(platform.attempts()).isEqualTo(2);
  }

  private SinkResult write(Tenant tenant, Inventory inventory, int confirmed)
      throws InventoryException {
    if (down) {
      throw new InventoryException(Failure.UNAVAILABLE, "the API server is down");
    }
    applied.add(inventory);
    return new SinkResult(List.of(), 0, 0, problems);
  }

  private static VirtualMachine flapping(int cpus) {
    return SampleMachines.machine(7, "flapping", cpus, 1024, null);
  }

  private void watch(InventoryProvider provider, Set<String> requests) {
    ensure(provider, SyncMode.WATCH, requests);
  }

  private void ensure(InventoryProvider provider, SyncMode sync, Set<String> requests) {
    MirrorSpec spec = new MirrorSpec(TENANT, provider, sync, Duration.ofHours(1), requests, 0);
    try {
      mirrors.ensure(spec, "uid", () -> MirrorState.initial(Optional.empty(), Set.of()), listener);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Advances the clock, and lets a mirror without a session check it. */
  private void pass(Duration time) {
    clock.advance(time);
    ensure(platform, SyncMode.INTERVAL, Set.of("sync:now"));
  }

  private MirrorState state() {
    return mirrors.state(TENANT.id()).orElseThrow();
  }

  private void awaitApplied(int count) {
    Eventually.within(TIMEOUT).until(() -> applied.size() >= count);
  }

  /** Waits until the machine has been applied with so many CPUs. */
  private void awaitLast(int cpus) {
    Eventually.within(TIMEOUT)
        .until(
            () ->
                !applied.isEmpty()
                    && applied.get(applied.size() - 1).machines().contains(flapping(cpus)));
  }

  private final MirrorListener listener =
      new MirrorListener() {
        @Override
        public void stateChanged(TenantId tenant) {
          mirrors.state(tenant).ifPresent(published::add);
        }

        @Override
        public void applied(MirrorSpec spec, ReadKind kind, boolean first, SinkResult done) {}

        @Override
        public void changesWritten(MirrorSpec spec, Duration lag) {
          lags.add(lag);
        }

        @Override
        public void failed(MirrorSpec spec, FailedAttempt failedAttempt) {
          failedAttempts.add(failedAttempt);
        }
      };

  /** Session that returns prepared updates. */
  private record ScriptedSession(BlockingQueue<Update> updates) implements InventorySession {

    @Override
    public Update next(Duration maxWait) throws InterruptedException {
      Update next = updates.poll(maxWait.toMillis(), TimeUnit.MILLISECONDS);
      return next == null ? new Update.Changes(List.of()) : next;
    }

    @Override
    public void close() {}
  }
}
