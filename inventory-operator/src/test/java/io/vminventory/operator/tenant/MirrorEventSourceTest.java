package io.vminventory.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Secret;
import io.vminventory.api.SinkResult;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.SyncMode;
import io.vminventory.k8s.TenantResource;
import io.vminventory.operator.metrics.Metrics;
import io.vminventory.operator.metrics.TenantGauges;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.MirrorListener;
import io.vminventory.operator.mirror.MirrorSpec;
import io.vminventory.operator.mirror.MirrorState;
import io.vminventory.operator.mirror.Mirrors;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.fake.FakeProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("embedded")
class MirrorEventSourceTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final MirrorListener NO_LISTENER =
      new MirrorListener() {
        @Override
        public void stateChanged(TenantId tenant) {}

        @Override
        public void applied(MirrorSpec spec, ReadKind kind, boolean first, SinkResult result) {}

        @Override
        public void failed(MirrorSpec spec, FailedAttempt failedAttempt) {}
      };

  private final FakeProvider platform = new FakeProvider().account("user", "right");
  private final Mirrors mirrors =
      new Mirrors(
          (tenant, inventory, confirmed) ->
              new SinkResult(List.of(), inventory.size(), 0, List.of()),
          InstantSource.system(),
          id -> {});
  private final Metrics metrics = new Metrics();
  private final MirrorEventSource events = new MirrorEventSource(mirrors, metrics);
  private final TenantResource tenant = tenant("first");

  @BeforeEach
  void reconcile() throws InterruptedException {
    metrics.update(
        Tenants.id(tenant),
        "default",
        new TenantGauges(true, false, Optional.empty(), Optional.empty(), Optional.empty(), 0));
    MirrorState unused =
        mirrors.ensure(
            new MirrorSpec(
                new Tenant(Tenants.id(tenant), "user", Secret.of("right"), "target"),
                platform,
                SyncMode.WATCH,
                Duration.ofHours(1),
                Set.of(),
                0),
            "first",
            () -> MirrorState.initial(Optional.empty(), Set.of()),
            NO_LISTENER);
    Eventually.within(TIMEOUT).until(() -> platform.openSessions() == 1);
  }

  @AfterEach
  void close() throws InterruptedException {
    mirrors.close();
    metrics.close();
  }

  @Test
  void aDeletedTenantLosesItsMirrorAndItsMetrics() {
    events.onResourceDeleted(tenant);
    assertEnded();
  }

  @Test
  void aTenantDeletedDuringItsReconciliationLosesItsMirrorAndItsMetrics() {
    events.afterReconcile(tenant, Optional.empty());
    assertEnded();
  }

  @Test
  void aTenantReplacedDuringItsReconciliationLosesItsMirrorAndItsMetrics() {
    events.afterReconcile(tenant, Optional.of(tenant("second")));
    assertEnded();
  }

  @Test
  void aTenantThatStillExistsKeepsItsMirrorAndItsMetrics() {
    events.afterReconcile(tenant, Optional.of(tenant("first")));
    assertThat(mirrors.state(Tenants.id(tenant))).isPresent();
    assertThat(metrics.isRegistered(Tenants.id(tenant))).isTrue();
    assertThat(platform.openSessions()).isEqualTo(1);
  }

  private void assertEnded() {
    assertThat(metrics.isRegistered(Tenants.id(tenant))).isFalse();
    assertThat(metrics.scrape()).doesNotContain("tenant=\"test\"");
    Eventually.within(TIMEOUT).until(() -> platform.openSessions() == 0);
    Eventually.within(TIMEOUT).until(() -> mirrors.state(Tenants.id(tenant)).isEmpty());
  }

  private static TenantResource tenant(String uid) {
    TenantResource tenant = TenantYaml.tenant("");
    tenant.getMetadata().setUid(uid);
    return tenant;
  }
}
