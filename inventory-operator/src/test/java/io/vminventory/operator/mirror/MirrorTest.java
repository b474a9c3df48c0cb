package io.vminventory.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Secret;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.api.Update;
import io.vminventory.k8s.SyncMode;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.fake.FakeProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("embedded")
class MirrorTest {

  private static final Tenant TENANT =
      new Tenant(new TenantId("default", "test"), "ann", Secret.of("secret"), "target");
  private static final SinkResult NOTHING = new SinkResult(List.of(), 0, 0, List.of());
  private static final SinkResult UNWRITTEN =
      new SinkResult(List.of(), 0, 0, List.of(new SinkResult.Problem("a", "refused")));

  private final FakeProvider platform = new FakeProvider().account("ann", "secret");
  private final List<Integer> confirmations = new CopyOnWriteArrayList<>();
  private final List<MirrorState> published = new CopyOnWriteArrayList<>();
  private volatile SinkResult result = NOTHING;
  private final Mirrors mirrors = new Mirrors(this::write, InstantSource.system(), id -> {});

  @AfterEach
  void tearDown() throws InterruptedException {
    mirrors.close();
    assertThat(platform.openSessions()).isZero();
  }

  @Test
  void aConfirmationCountsForOneSnapshotOfASession() throws Exception {
    mirrors.ensure(spec(platform, Set.of("confirm-deletion:40"), 40), "1", this::initial, listener);
    Eventually.within(Duration.ofSeconds(20)).until(() -> confirmations.size() == 1);
    mirrors.ensure(spec(platform, Set.of(), 0), "1", this::initial, listener);
    platform.loseHistory();
    Eventually.within(Duration.ofSeconds(20)).until(() -> confirmations.size() == 2);
    assertThat(confirmations).containsExactly(40, 0);
  }

  @Test
  void recordsThatAreNotWrittenAreNeverPublishedAsWritten() throws Exception {
    result = UNWRITTEN;
    mirrors.ensure(spec(platform, Set.of(), 0), "1", this::initial, listener);
    Eventually.within(Duration.ofSeconds(20))
        .until(() -> published.stream().anyMatch(state -> state.failedAttempt().isPresent()));
    assertThat(published)
        .filteredOn(state -> state.reads().count() > 0)
        .isNotEmpty()
        .allMatch(state -> state.failedAttempt().isPresent());
  }

  @Test
  void aProviderThatBreaksItsContractDoesNotEndTheMirror() throws Exception {
    AtomicInteger opens = new AtomicInteger();
    InventoryProvider broken =
        (tenant, purpose) -> {
          opens.incrementAndGet();
          return new BrokenSession();
        };
    mirrors.ensure(spec(broken, Set.of(), 0), "1", this::initial, listener);
    Eventually.within(Duration.ofSeconds(20))
        .until(() -> published.stream().anyMatch(state -> state.failedAttempt().isPresent()));
    int before = opens.get();
    mirrors.ensure(spec(broken, Set.of("sync:now"), 0), "1", this::initial, listener);
    Eventually.within(Duration.ofSeconds(20)).until(() -> opens.get() > before);
    assertThat(mirrors.healthy()).isTrue();
  }

  @Test
  void aTenantThatFollowsAnotherOfItsNameGetsAMirrorOfItsOwn() throws Exception {
    mirrors.ensure(spec(platform, Set.of("exec:1"), 0), "1", this::initial, listener);
    Eventually.within(Duration.ofSeconds(20)).until(() -> confirmations.size() == 1);
    mirrors.ensure(spec(platform, Set.of("exec:1"), 0), "2", this::initial, listener);
    Eventually.within(Duration.ofSeconds(20)).until(() -> confirmations.size() == 2);
    assertThat(platform.openSessions()).isEqualTo(1);
  }

  @Test
  void aRequestToStopEndsTheMirrorOfThatTenantAlone() throws Exception {
    mirrors.ensure(spec(platform, Set.of(), 0), "1", this::initial, listener);
    Eventually.within(Duration.ofSeconds(20)).until(() -> platform.openSessions() == 1);
    mirrors.requestStop(TENANT.id(), "another");
    assertThat(mirrors.state(TENANT.id())).isPresent();
    mirrors.requestStop(TENANT.id(), "1");
    Eventually.within(Duration.ofSeconds(20)).until(() -> mirrors.state(TENANT.id()).isEmpty());
    assertThat(platform.openSessions()).isZero();
    assertThat(mirrors.healthy()).isTrue();
  }

  private SinkResult write(Tenant tenant, Inventory inventory, int confirmed) {
    confirmations.add(confirmed);
    return result;
  }

  private MirrorState initial() {
    return MirrorState.initial(Optional.empty(), Set.of());
  }

  private static MirrorSpec spec(InventoryProvider provider, Set<String> requests, int confirmed) {
    return new MirrorSpec(
        TENANT, provider, SyncMode.WATCH, Duration.ofHours(1), requests, confirmed);
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
        public void failed(MirrorSpec spec, FailedAttempt failedAttempt) {}
      };

  /** Returns one snapshot, and then throws what the contract forbids. */
  private static final class BrokenSession implements InventorySession {

    private final CountDownLatch returned = new CountDownLatch(1);

    @Override
    public Update next(Duration maxWait) {
      if (returned.getCount() == 0) {
        throw new IllegalStateException("broken");
      }
      returned.countDown();
      return new Update.Snapshot(Inventory.of("v", List.of()));
    }

    @Override
    public void close() {}
  }
}
