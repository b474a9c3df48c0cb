package io.vminventory.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.InventoryException;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.TenantResource;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.mirror.MirrorState;
import io.vminventory.operator.tenant.PreconditionResult.Suspended;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class TenantStatusBuilderTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00.123Z");
  private static final PreconditionResult SATISFIED =
      new PreconditionResult.Satisfied(
          new Tenant(new TenantId("default", "test"), "user", Secret.of("s3cret"), "default"),
          (tenant, purpose) -> {
            throw new InventoryException(Failure.UNAVAILABLE, "nowhere");
          },
          "48121");
  private static final PreconditionResult UNSATISFIED =
      new Unsatisfied(Reason.SecretNotFound, "no Secret", "create it");

  @Test
  void knownFactsAreKeptWithoutAMirror() {
    TenantResource tenant = TenantYaml.tenant("");
    tenant.setStatus(new TenantStatus(2L, "default", NOW, "monday", "vCenter 8", 11, List.of()));
    TenantStatus next = TenantStatusBuilder.build(tenant, UNSATISFIED, Optional.empty(), NOW);
    assertThat(next.execDate()).isEqualTo(NOW);
    assertThat(next.lastHandledRequest()).isEqualTo("monday");
    assertThat(next.serverVersion()).isEqualTo("vCenter 8");
    assertThat(next.vmCount()).isEqualTo(11);
    assertThat(next.observedGeneration()).isEqualTo(3);
  }

  @Test
  void anUnchangedStatusStaysEqualOverTime() {
    TenantResource tenant = TenantYaml.tenant("");
    tenant.setStatus(TenantStatusBuilder.build(tenant, UNSATISFIED, Optional.empty(), NOW));
    assertThat(
            TenantStatusBuilder.build(
                tenant, UNSATISFIED, Optional.empty(), NOW.plus(Duration.ofHours(1))))
        .isEqualTo(tenant.getStatus());
  }

  @Test
  void aConditionKeepsItsTimeUntilItsStatusChanges() {
    TenantResource tenant = TenantYaml.tenant("");
    tenant.setStatus(TenantStatusBuilder.build(tenant, UNSATISFIED, Optional.empty(), NOW));
    Instant later = NOW.plus(Duration.ofHours(1));
    TenantStatus suspended =
        TenantStatusBuilder.build(tenant, new Suspended(), Optional.empty(), later);
    assertThat(since(suspended, "Ready")).isEqualTo("2026-11-23T12:00:00Z");
    assertThat(since(suspended, "Synced")).isEqualTo("2026-11-23T13:00:00Z");
  }

  @Test
  void aHandledRequestIsEchoed() {
    TenantResource tenant = TenantYaml.tenant("");
    tenant.getMetadata().getAnnotations().put("vminventory.io/sync-requested-at", "tuesday");
    MirrorState unanswered = MirrorState.initial(Optional.of(NOW), Set.of());
    MirrorState answered = MirrorState.initial(Optional.of(NOW), Set.of("sync:tuesday"));
    assertThat(next(tenant, unanswered).lastHandledRequest()).isNull();
    assertThat(next(tenant, unanswered).condition("Reconciling")).isPresent();
    assertThat(next(tenant, answered).lastHandledRequest()).isEqualTo("tuesday");
  }

  @Test
  void noFieldExceedsItsBound() {
    TenantResource tenant = TenantYaml.tenant("");
    tenant
        .getMetadata()
        .getAnnotations()
        .put("vminventory.io/sync-requested-at", "x".repeat(10_240));
    MirrorState state =
        new MirrorState(
            MirrorState.Phase.WAITING,
            new MirrorState.ReadHistory(Optional.of(NOW), 1, Tenants.requests(tenant)),
            new MirrorState.InventorySummary(Optional.of(0), "v".repeat(1_000), Map.of(), 0),
            Optional.empty());
    TenantStatus next = next(tenant, state);
    assertThat(next.lastHandledRequest()).hasSize(1024).startsWith("xxx");
    assertThat(next.serverVersion()).hasSize(256).startsWith("vvv");
    assertThat(next.condition("Reconciling")).isEmpty();

    PreconditionResult refused =
        new Unsatisfied(Reason.SecretNotFound, "no\u001b[31m" + "!".repeat(40_000), "");
    assertThat(TenantStatusBuilder.build(tenant, refused, Optional.empty(), NOW).conditions())
        .allSatisfy(
            condition ->
                assertThat(condition.message())
                    .hasSizeLessThanOrEqualTo(32_768)
                    .doesNotContain("\u001b"));
  }

  @ParameterizedTest
  @CsvSource({"12,12", "' 12 ',12", "twelve,0", "-3,0", "99999999999,0"})
  void onlyACountConfirms(String annotation, int confirmed) {
    TenantResource tenant = TenantYaml.tenant("");
    tenant.getMetadata().getAnnotations().put("vminventory.io/confirm-deletion", annotation);
    assertThat(Tenants.confirmedDeletions(tenant)).isEqualTo(confirmed);
    assertThat(Tenants.requests(tenant)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "'',PT1H",
    "'sync: Interval',PT10M",
    "'interval: 90s',PT90S",
    "'sync: Interval\n  interval: 1h30m',PT1H30M"
  })
  void theIntervalHasADefaultForEachMode(String spec, Duration interval) {
    assertThat(Tenants.interval(TenantYaml.tenant(spec).getSpec())).isEqualTo(interval);
  }

  @Test
  void theNextCompleteReadIsATimeThatDoesNotChange() {
    MirrorState state = MirrorState.initial(Optional.of(NOW), Set.of());
    String ready = message(next(TenantYaml.tenant("interval: 60s"), state));
    Instant due = Instant.parse(ready.replaceFirst("records are up to date; next .* at ", ""));
    assertThat(due).isBetween(NOW.plusSeconds(53), NOW.plusSeconds(60));
    assertThat(message(next(TenantYaml.tenant("sync: Manual"), state)))
        .isEqualTo("records are up to date; next complete read when you request one");
  }

  private static String message(TenantStatus status) {
    return status.condition("Ready").map(Condition::message).orElseThrow();
  }

  private static TenantStatus next(TenantResource tenant, MirrorState state) {
    return TenantStatusBuilder.build(tenant, SATISFIED, Optional.of(state), NOW);
  }

  private static Instant since(TenantStatus status, String type) {
    return status.condition(type).map(Condition::lastTransitionTime).orElseThrow();
  }
}
