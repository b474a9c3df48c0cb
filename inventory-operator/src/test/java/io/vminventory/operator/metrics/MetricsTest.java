package io.vminventory.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.InventorySession;
import io.vminventory.api.Secret;
import io.vminventory.api.SessionPurpose;
import io.vminventory.api.SinkResult;
import io.vminventory.api.SinkResult.Kind;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.SyncMode;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import io.vminventory.operator.mirror.MirrorListener;
import io.vminventory.operator.mirror.MirrorListener.ReadKind;
import io.vminventory.operator.mirror.MirrorSpec;
import io.vminventory.testkit.fake.FakeProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class MetricsTest {

  private static final Tenant TENANT =
      new Tenant(new TenantId("team", "test"), "ann", Secret.of("secret"), "target");
  private static final TenantGauges GAUGES =
      new TenantGauges(
          true,
          false,
          Optional.of(11),
          Optional.of(Instant.ofEpochSecond(1_700_000_000)),
          Optional.of(Duration.ofHours(1)),
          7);
  private static final String LABELS =
      "server=\"default\",tenant=\"test\",tenant_namespace=\"team\"";

  private final Metrics metrics = new Metrics();
  private final List<String> calls = new ArrayList<>();
  private final FakeProvider platform = new FakeProvider().account("ann", "secret");

  @AfterEach
  void tearDown() {
    metrics.close();
  }

  @Test
  void gaugesShowTheTenantsStatus() {
    metrics.update(TENANT.id(), "default", GAUGES);
    assertThat(value("vminventory_tenant_ready", LABELS)).isEqualTo(1);
    assertThat(value("vminventory_tenant_suspended", LABELS)).isZero();
    assertThat(value("vminventory_tenant_vms", LABELS)).isEqualTo(11);
    assertThat(value("vminventory_tenant_last_read_timestamp_seconds", LABELS))
        .isEqualTo(1_700_000_000);
    assertThat(value("vminventory_tenant_read_interval_seconds", LABELS)).isEqualTo(3600);
    assertThat(value("vminventory_tenant_deletions_held", LABELS)).isEqualTo(7);

    metrics.update(
        TENANT.id(),
        "default",
        new TenantGauges(false, true, Optional.empty(), Optional.empty(), Optional.empty(), 0));
    assertThat(value("vminventory_tenant_ready", LABELS)).isZero();
    assertThat(value("vminventory_tenant_suspended", LABELS)).isEqualTo(1);
    assertThat(value("vminventory_tenant_vms", LABELS)).isNaN();
    assertThat(value("vminventory_tenant_last_read_timestamp_seconds", LABELS)).isNaN();
    assertThat(value("vminventory_tenant_read_interval_seconds", LABELS)).isNaN();
  }

  @Test
  void callsOfAMirrorAreCountedAndPassedOn() {
    metrics.update(TENANT.id(), "default", GAUGES);
    MirrorListener listener = metrics.instrument(recording());
    MirrorSpec spec = spec(platform);
    listener.stateChanged(TENANT.id());
    listener.applied(spec, ReadKind.COMPLETE, true, written());
    listener.changesWritten(spec, Duration.ofMillis(300));
    listener.failed(spec, failedAttempt(Stage.PLATFORM, Failure.DENIED));
    listener.failed(spec, failedAttempt(Stage.RECORDS, Failure.UNAVAILABLE));
    listener.failed(spec, failedAttempt(Stage.RECORDS, Failure.UNAVAILABLE));

    assertThat(calls)
        .containsExactly(
            "changed", "applied", "changesWritten PT0.3S", "failed", "failed", "failed");
    assertThat(value("vminventory_tenant_writes_total", "kind=\"created\"," + LABELS)).isEqualTo(2);
    assertThat(value("vminventory_tenant_writes_total", "kind=\"changed\"," + LABELS)).isZero();
    assertThat(value("vminventory_tenant_writes_total", "kind=\"removed\"," + LABELS)).isEqualTo(1);
    assertThat(value("vminventory_tenant_write_errors_total", LABELS)).isEqualTo(1);
    assertThat(failures(Reason.LoginRefused)).isEqualTo(1);
    assertThat(failures(Reason.RecordsNotWritten)).isEqualTo(2);
    assertThat(failures(Reason.ServerUnavailable)).isZero();
    assertThat(
            value("vminventory_server_change_lag_seconds_bucket", "server=\"default\",le=\"0.25\""))
        .isZero();
    assertThat(
            value("vminventory_server_change_lag_seconds_bucket", "server=\"default\",le=\"0.5\""))
        .isEqualTo(1);
  }

  @Test
  void openSessionsAreCountedAndTheirReadsTimed() throws Exception {
    metrics.update(TENANT.id(), "default", GAUGES);
    InventoryProvider provider = metrics.instrument("default", platform);
    InventorySession session = provider.open(TENANT, SessionPurpose.WATCH);
    assertThat(value("vminventory_server_sessions_open", "server=\"default\"")).isEqualTo(1);
    assertThat(value("vminventory_tenant_read_duration_seconds_count", LABELS)).isZero();
    assertThat(session.next(Duration.ZERO)).isNotNull();
    assertThat(session.next(Duration.ZERO)).isNotNull();
    assertThat(value("vminventory_tenant_read_duration_seconds_count", LABELS)).isEqualTo(1);
    session.close();
    session.close();
    assertThat(value("vminventory_server_sessions_open", "server=\"default\"")).isZero();
  }

  @Test
  void threadsInALoginOrReadAreCounted() throws Exception {
    List<Double> during = new ArrayList<>();
    InventoryProvider provider =
        metrics.instrument(
            "default",
            (tenant, purpose) -> {
              during.add(waiting("login"));
              return platform.open(tenant, SessionPurpose.WATCH);
            });
    provider.open(TENANT, SessionPurpose.WATCH).close();
    platform.failOpens(Failure.UNAVAILABLE, 1);
    assertThatThrownBy(() -> provider.open(TENANT, SessionPurpose.WATCH))
        .isInstanceOf(InventoryException.class);
    assertThat(during).containsExactly(1.0, 1.0);
    assertThat(waiting("login")).isZero();
    assertThat(waiting("read")).isZero();
    assertThat(value("vminventory_server_sessions_open", "server=\"default\"")).isZero();
  }

  @Test
  void aRemovedTenantLeavesNoSeries() {
    long none = series();
    metrics.update(TENANT.id(), "default", GAUGES);
    MirrorListener listener = metrics.instrument(recording());
    assertThat(series() - none).isEqualTo(18);
    assertThat(metrics.isRegistered(TENANT.id())).isTrue();

    metrics.remove(TENANT.id());
    listener.applied(spec(platform), ReadKind.INCREMENTAL, false, written());
    listener.failed(spec(platform), failedAttempt(Stage.PLATFORM, Failure.DENIED));
    assertThat(metrics.isRegistered(TENANT.id())).isFalse();
    assertThat(metrics.scrape()).doesNotContain("tenant=\"test\"");

    metrics.update(TENANT.id(), "default", GAUGES);
    assertThat(value("vminventory_tenant_writes_total", "kind=\"created\"," + LABELS)).isZero();
    assertThat(series() - none).isEqualTo(18);
  }

  @Test
  void aTenantThatMovesToAnotherServerHasSeriesOnlyThere() {
    metrics.update(TENANT.id(), "lab", GAUGES);
    metrics.update(TENANT.id(), "default", GAUGES);
    assertThat(value("vminventory_tenant_vms", LABELS)).isEqualTo(11);
    assertThat(metrics.scrape()).doesNotContain("server=\"lab\"");
  }

  @Test
  void readinessAndTheProcessAreMeasured() {
    metrics.registerReadiness(() -> true);
    assertThat(metrics.scrape())
        .contains("vminventory_operator_ready 1", "jvm_memory_used_bytes", "process_cpu_usage");
  }

  private double waiting(String step) {
    return value("vminventory_server_waiting_threads", "server=\"default\",step=\"" + step + "\"");
  }

  private double failures(Reason reason) {
    return value(
        "vminventory_tenant_failures_total",
        "reason=\"%s\",server=\"default\",tenant=\"test\",tenant_namespace=\"team\""
            .formatted(reason));
  }

  private long series() {
    return metrics.scrape().lines().filter(line -> line.startsWith("vminventory_tenant")).count();
  }

  private double value(String name, String labels) {
    String start = name + "{" + labels + "} ";
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith(start))
        .map(line -> Double.parseDouble(line.substring(start.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError(start + "is not in\n" + metrics.scrape()));
  }

  private static SinkResult written() {
    return new SinkResult(
        List.of(
            new SinkResult.Write(Kind.CREATED, "a", "a"),
            new SinkResult.Write(Kind.CREATED, "b", "b"),
            new SinkResult.Write(Kind.DELETED, "c", "c")),
        0,
        0,
        List.of(new SinkResult.Problem("d", "refused")));
  }

  private static MirrorSpec spec(InventoryProvider provider) {
    return new MirrorSpec(TENANT, provider, SyncMode.WATCH, Duration.ofHours(1), Set.of(), 0);
  }

  private static FailedAttempt failedAttempt(Stage stage, Failure failure) {
    return new FailedAttempt(stage, failure, "no", 1, Instant.EPOCH, TENANT);
  }

  private MirrorListener recording() {
    return new MirrorListener() {
      @Override
      public void stateChanged(TenantId tenant) {
        calls.add("changed");
      }

      @Override
      public void applied(MirrorSpec spec, ReadKind kind, boolean first, SinkResult result) {
        calls.add("applied");
      }

      @Override
      public void changesWritten(MirrorSpec spec, Duration lag) {
        calls.add("changesWritten " + lag);
      }

      @Override
      public void failed(MirrorSpec spec, FailedAttempt failedAttempt) {
        calls.add("failed");
      }
    };
  }
}
