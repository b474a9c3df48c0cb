package io.vminventory.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySink;
import io.vminventory.api.Secret;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.SyncMode;
import io.vminventory.operator.mirror.MirrorState.Phase;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.fake.FakeProvider;
import io.vminventory.testkit.fake.SampleMachines;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("embedded")
class MirrorsTest {

  private static final TenantId ID = new TenantId("default", "test");
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final FakeProvider platform = new FakeProvider().account("user", "right");
  private final List<Inventory> applied = new CopyOnWriteArrayList<>();
  private final List<TenantId> notified = new CopyOnWriteArrayList<>();
  private final List<TenantId> endedLogins = new CopyOnWriteArrayList<>();
  private final InventorySink sink =
      (tenant, inventory, confirmed) -> {
        applied.add(inventory);
        return new SinkResult(List.of(), inventory.size(), 0, List.of());
      };
  private final Mirrors mirrors = new Mirrors(sink, InstantSource.system(), endedLogins::add);
  private final MirrorListener listener =
      new MirrorListener() {
        @Override
        public void stateChanged(TenantId tenant) {
          notified.add(tenant);
        }

        @Override
        public void applied(MirrorSpec spec, ReadKind kind, boolean first, SinkResult result) {}

        @Override
        public void failed(MirrorSpec spec, FailedAttempt failedAttempt) {}
      };

  @AfterEach
  void close() throws InterruptedException {
    mirrors.close();
    assertThat(platform.openSessions()).isZero();
  }

  @Test
  void watchAppliesTheSnapshotAndThenEachChange() {
    SampleMachines.of(3).forEach(platform::put);
    ensure(watch("right", platform));
    await(Phase.WATCHING);
    platform.remove(SampleMachines.of(1).get(0).id());
    Eventually.within(TIMEOUT)
        .until(() -> applied.size() == 2 && applied.get(1).size() < applied.get(0).size());
    assertThat(platform.opens()).isEqualTo(1);
  }

  @Test
  void aRequestInterruptsTheWaitAndReadsEverythingAgain() {
    ensure(watch("right", platform));
    await(Phase.WATCHING);
    ensure(spec("right", platform, SyncMode.WATCH, Set.of("sync:now")));
    Eventually.within(TIMEOUT).until(() -> state().reads().handled().contains("sync:now"));
    assertThat(platform.opens()).isEqualTo(2);
    assertThat(state().reads().count()).isEqualTo(2);
    assertThat(state().failedAttempt()).isEmpty();
  }

  @Test
  void aNewPasswordKeepsAWorkingSession() {
    ensure(watch("right", platform));
    await(Phase.WATCHING);
    ensure(watch("newer", platform));
    platform.put(SampleMachines.of(1).get(0));
    Eventually.within(TIMEOUT).until(() -> applied.size() == 2);
    assertThat(platform.opens()).isEqualTo(1);
  }

  @Test
  void aNewPasswordEndsTheCooldownAfterARefusal() {
    ensure(watch("wrong", platform));
    Eventually.within(TIMEOUT).until(() -> state().failedAttempt().isPresent());
    assertThat(state().failedAttempt().orElseThrow().failure()).isEqualTo(Failure.DENIED);
    ensure(watch("right", platform));
    await(Phase.WATCHING);
    assertThat(platform.attempts()).isEqualTo(2);
  }

  @Test
  void aLostSessionIsReplaced() {
    ensure(watch("right", platform));
    await(Phase.WATCHING);
    platform.failSessions(Failure.UNAVAILABLE);
    Eventually.within(TIMEOUT).until(() -> platform.opens() == 2);
    await(Phase.WATCHING);
    assertThat(state().failedAttempt()).isEmpty();
  }

  @Test
  void aBugInAProviderIsRetried() {
    InventoryProvider broken =
        (tenant, purpose) -> {
          throw new IllegalStateException("bug");
        };
    ensure(watch("right", broken));
    Eventually.within(TIMEOUT)
        .until(
            () -> state().failedAttempt(),
            failed -> failed.filter(f -> f.attempts() > 1).isPresent());
    assertThat(state().failedAttempt().orElseThrow().failure()).isEqualTo(Failure.INTERNAL);
    assertThat(mirrors.healthy()).isTrue();
  }

  @Test
  void stoppingLogsOutAndNothingStartsAfterClosing() throws InterruptedException {
    ensure(watch("right", platform));
    await(Phase.WATCHING);
    assertThat(endedLogins).isEmpty();
    mirrors.stop(ID);
    assertThat(platform.openSessions()).isZero();
    assertThat(mirrors.state(ID)).isEmpty();
    assertThat(endedLogins).containsExactly(ID);

    mirrors.close();
    ensure(watch("right", platform));
    assertThat(mirrors.state(ID)).isEmpty();
    assertThat(platform.opens()).isEqualTo(1);
  }

  @Test
  void hundredsOfMirrorsEndInTime() throws Exception {
    for (int i = 0; i < 500; i++) {
      Tenant tenant =
          new Tenant(new TenantId("default", "t" + i), "user", Secret.of("right"), "target");
      ensure(new MirrorSpec(tenant, platform, SyncMode.WATCH, Duration.ofHours(1), Set.of(), 0));
    }
    Eventually.within(Duration.ofSeconds(30)).until(() -> applied.size() == 500);
    long began = System.nanoTime();
    mirrors.close();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(8));
    assertThat(platform.openSessions()).isZero();
  }

  @Test
  void aMirrorThatDiesIsUnhealthy() {
    InventoryProvider fatal =
        (tenant, purpose) -> {
          throw new AssertionError("fatal");
        };
    ensure(watch("right", fatal));
    Eventually.within(TIMEOUT).until(() -> !mirrors.healthy());
  }

  @Test
  void aMirrorThatIsSlowToEndBlocksNothingAndIsReplacedAfterwards() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch opening = new CountDownLatch(1);
    InventoryProvider slow =
        (tenant, purpose) -> {
          opening.countDown();
          awaitUninterruptibly(stuck);
          throw new InventoryException(Failure.UNAVAILABLE, "too late");
        };
    ensure(watch("right", slow));
    assertThat(opening.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(mirrors.stop(ID)).isFalse();
    ensure(watch("right", platform));
    assertThat(platform.attempts()).isZero();

    notified.clear();
    stuck.countDown();
    Eventually.within(TIMEOUT).until(() -> notified.contains(ID));
    ensure(watch("right", platform));
    await(Phase.WATCHING);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        boolean unused = latch.await(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void ensure(MirrorSpec spec) {
    try {
      mirrors.ensure(spec, "uid", () -> MirrorState.initial(Optional.empty(), Set.of()), listener);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private MirrorState state() {
    return mirrors.state(ID).orElseThrow();
  }

  private void await(Phase phase) {
    Eventually.within(TIMEOUT).until(() -> state().phase() == phase);
  }

  private static MirrorSpec watch(String password, InventoryProvider provider) {
    return spec(password, provider, SyncMode.WATCH, Set.of());
  }

  private static MirrorSpec spec(
      String password, InventoryProvider provider, SyncMode sync, Set<String> requests) {
    Tenant tenant = new Tenant(ID, "user", Secret.of(password), "target");
    return new MirrorSpec(tenant, provider, sync, Duration.ofHours(1), requests, 0);
  }
}
