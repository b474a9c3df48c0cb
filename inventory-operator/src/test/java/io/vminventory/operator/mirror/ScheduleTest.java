package io.vminventory.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.Inventory;
import io.vminventory.api.InventoryException;
import io.vminventory.api.InventoryProvider;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.SyncMode;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import io.vminventory.operator.mirror.InventoryApplier.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("pure")
class ScheduleTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final InventoryProvider NOWHERE =
      (tenant, purpose) -> {
        throw new InventoryException(Failure.UNAVAILABLE, "nowhere");
      };

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void aRequestIsDueAtOnceInEveryMode(SyncMode sync) {
    assertThat(Schedule.nextLogin(spec(sync, Set.of("exec:1")), readAt(NOW), NOW)).contains(NOW);
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void aHandledRequestIsNotReadAgain(SyncMode sync) {
    MirrorState handled = MirrorState.initial(Optional.of(NOW), Set.of("exec:1"));
    assertThat(Schedule.nextLogin(spec(sync, Set.of("exec:1")), handled, NOW))
        .isEqualTo(Schedule.nextLogin(spec(sync, Set.of()), readAt(NOW), NOW));
  }

  @Test
  void watchLogsInAtOnceEvenIfItHasReadBefore() {
    assertThat(Schedule.nextLogin(spec(SyncMode.WATCH, Set.of()), readAt(NOW), NOW)).contains(NOW);
  }

  @Test
  void intervalCountsFromTheLastReadEvenOfAnEarlierProcess() {
    Instant last = NOW.minusSeconds(60);
    assertThat(Schedule.nextLogin(spec(SyncMode.INTERVAL, Set.of()), readAt(last), NOW))
        .hasValueSatisfying(
            due -> assertThat(due).isBetween(last.plusSeconds(540), last.plus(INTERVAL)));
  }

  @Test
  void intervalReadsAtOnceIfItNeverHas() {
    assertThat(Schedule.nextLogin(spec(SyncMode.INTERVAL, Set.of()), never(), NOW)).contains(NOW);
  }

  @Test
  void manualWaitsForARequest() {
    assertThat(Schedule.nextLogin(spec(SyncMode.MANUAL, Set.of()), never(), NOW)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void noRequestShortensACooldown(SyncMode sync) {
    MirrorState failed = never().failed(failedAttempt(Failure.DENIED, "old", NOW.plusSeconds(300)));
    assertThat(Schedule.nextLogin(spec(sync, Set.of("exec:2")), failed, NOW))
        .contains(NOW.plusSeconds(300));
  }

  @Test
  void anotherPasswordEndsTheCooldownOfARefusedAccount() {
    MirrorState failed =
        never().failed(failedAttempt(Failure.DENIED, "older", NOW.plusSeconds(300)));
    assertThat(Schedule.nextLogin(spec(SyncMode.WATCH, Set.of()), failed, NOW)).contains(NOW);
  }

  @Test
  void anotherPasswordDoesNotShortenTheBackOffOfAServerThatIsDown() {
    MirrorState failed =
        never().failed(failedAttempt(Failure.UNAVAILABLE, "older", NOW.plusSeconds(9)));
    assertThat(Schedule.nextLogin(spec(SyncMode.WATCH, Set.of()), failed, NOW))
        .contains(NOW.plusSeconds(9));
  }

  @Test
  void aWithdrawnRequestIsNotRetried() {
    MirrorState failed =
        never().failed(failedAttempt(Failure.UNAVAILABLE, "old", NOW.plusSeconds(9)));
    assertThat(Schedule.nextLogin(spec(SyncMode.MANUAL, Set.of()), failed, NOW)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void unwrittenRecordsAreRetriedInEveryMode(SyncMode sync) {
    Instant retryAt = NOW.plusSeconds(2);
    MirrorState state = readAt(NOW).failed(unwritten(retryAt));
    assertThat(Schedule.nextLogin(spec(sync, Set.of()), state, NOW)).contains(retryAt);
  }

  @Test
  void aRequestAndTheRegularRereadReplaceAnOpenSession() {
    Instant last = NOW.minusSeconds(60);
    assertThat(Schedule.nextReread(spec(SyncMode.WATCH, Set.of("exec:1")), readAt(last), NOW))
        .isEqualTo(NOW);
    assertThat(Schedule.nextReread(spec(SyncMode.WATCH, Set.of()), readAt(last), NOW))
        .isBetween(last.plusSeconds(540), last.plus(INTERVAL));
  }

  @ParameterizedTest
  @CsvSource({
    "true,APPLIED,-,true",
    "false,APPLIED,-,false",
    "true,PARTIAL,5,true",
    "false,PARTIAL,5,false",
    "false,PARTIAL,0,true",
    "true,FAILED,5,false",
    "true,FAILED,0,true",
    "false,FAILED,0,true"
  })
  void changesAreAppliedUnlessTheSinkFails(
      boolean changed, Outcome last, String retryInSeconds, boolean isDue) {
    MirrorState state =
        retryInSeconds.equals("-")
            ? readAt(NOW)
            : readAt(NOW).failed(unwritten(NOW.plusSeconds(Long.parseLong(retryInSeconds))));
    assertThat(Schedule.isApplyDue(changed, last, state, NOW)).isEqualTo(isDue);
  }

  @Test
  void anOpenSessionIsWaitedForUntilSomethingElseIsDue() {
    Duration limit = Duration.ofMillis(500);
    Instant later = NOW.plusSeconds(60);
    assertThat(Schedule.timeToNext(later, never(), limit, NOW)).isEqualTo(limit);
    assertThat(Schedule.timeToNext(NOW.plusMillis(20), never(), limit, NOW)).hasMillis(20);
    MirrorState retried = never().failed(unwritten(NOW.plusMillis(30)));
    assertThat(Schedule.timeToNext(later, retried, limit, NOW)).hasMillis(30);
    assertThat(Schedule.timeToNext(later, retried, limit, NOW.plusSeconds(9))).isZero();
  }

  @Test
  void aRefusedWriteIsNotARefusedAccount() {
    Instant retryAt = NOW.plusSeconds(10);
    MirrorState state =
        readAt(NOW)
            .failed(
                new FailedAttempt(Stage.RECORDS, Failure.DENIED, "no", 1, retryAt, tenant("old")));
    assertThat(Schedule.nextLogin(spec(SyncMode.WATCH, Set.of()), state, NOW)).contains(retryAt);
  }

  @Test
  void handledRequestsThatAreMadeNoMoreAreForgotten() {
    MirrorState state = MirrorState.initial(Optional.empty(), Set.of("confirm-deletion:12"));
    assertThat(state.retainingHandled(Set.of()).reads().handled()).isEmpty();
    assertThat(state.applied(Inventory.of("v", List.of()), 0, Optional.empty()).reads().handled())
        .containsExactly("confirm-deletion:12");
  }

  private static MirrorState never() {
    return MirrorState.initial(Optional.empty(), Set.of());
  }

  private static MirrorState readAt(Instant when) {
    return MirrorState.initial(Optional.of(when), Set.of());
  }

  private static MirrorSpec spec(SyncMode sync, Set<String> requests) {
    return new MirrorSpec(tenant("old"), NOWHERE, sync, INTERVAL, requests, 0);
  }

  private static Tenant tenant(String password) {
    return new Tenant(new TenantId("default", "test"), "user", Secret.of(password), "target");
  }

  private static FailedAttempt unwritten(Instant retryAt) {
    return new FailedAttempt(Stage.RECORDS, Failure.UNAVAILABLE, "full", 1, retryAt, tenant("old"));
  }

  private static FailedAttempt failedAttempt(Failure failure, String password, Instant retryAt) {
    return new FailedAttempt(Stage.PLATFORM, failure, "no", 1, retryAt, tenant(password));
  }
}
