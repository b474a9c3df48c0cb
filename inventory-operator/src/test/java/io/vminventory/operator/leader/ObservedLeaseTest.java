package io.vminventory.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.vminventory.operator.leader.ObservedLease.Decision;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("pure")
class ObservedLeaseTest {

  private static final Duration LEASE_DURATION = Duration.ofSeconds(12);
  private static final ZonedDateTime RENEW_TIME = ZonedDateTime.parse("2026-11-23T00:00:00Z");

  private static final Decision LEAD = new Decision(LeaderState.LEADING, "me");

  private final ObservedLease observed = new ObservedLease("me", LEASE_DURATION);

  @Test
  void aMissingLeaseIsAcquired() {
    assertThat(observed.decide(Optional.empty(), 0)).isEqualTo(LEAD);
  }

  @Test
  void aLeaseWithoutHolderIsAcquiredAtOnce() {
    assertThat(decide("", RENEW_TIME, 0)).isEqualTo(LEAD);
    assertThat(observed.decide(Optional.of(new Lease()), 0)).isEqualTo(LEAD);
  }

  @Test
  void itsOwnLeaseIsRenewedHoweverOldItIs() {
    observed.acquired();
    assertThat(decide("me", RENEW_TIME, 0)).isEqualTo(LEAD);
    assertThat(decide("me", RENEW_TIME, LEASE_DURATION.toNanos() * 100)).isEqualTo(LEAD);
  }

  @Test
  void aLeaseThatIsNotRenewedIsAcquiredAfterItsDuration() {
    assertThat(decide("other", RENEW_TIME, 7))
        .isEqualTo(new Decision(LeaderState.STANDING_BY, "other"));
    assertThat(decide("other", RENEW_TIME, 7 + LEASE_DURATION.toNanos() - 1))
        .isEqualTo(new Decision(LeaderState.STANDING_BY, "other"));
    assertThat(decide("other", RENEW_TIME, 7 + LEASE_DURATION.toNanos())).isEqualTo(LEAD);
  }

  @Test
  void aLeaseThatIsRenewedIsLeftAlone() {
    for (int i = 0; i < 100; i++) {
      assertThat(decide("other", RENEW_TIME.plusSeconds(i), i * (LEASE_DURATION.toNanos() - 1)))
          .isEqualTo(new Decision(LeaderState.STANDING_BY, "other"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-86_400, -3_600, 3_600, 86_400})
  void clocksOfOtherMachinesDoNotMatter(int skewSeconds) {
    ZonedDateTime renewTime = RENEW_TIME.plusSeconds(skewSeconds);
    assertThat(decide("other", renewTime, 0))
        .isEqualTo(new Decision(LeaderState.STANDING_BY, "other"));
    assertThat(decide("other", renewTime, LEASE_DURATION.toNanos() - 1))
        .isEqualTo(new Decision(LeaderState.STANDING_BY, "other"));
    assertThat(decide("other", renewTime, LEASE_DURATION.toNanos())).isEqualTo(LEAD);
  }

  @Test
  void aNewHolderKeepsTheLeaseForItsWholeDuration() {
    assertThat(decide("other", RENEW_TIME, 0))
        .isEqualTo(new Decision(LeaderState.STANDING_BY, "other"));
    assertThat(decide("third", RENEW_TIME, LEASE_DURATION.toNanos()))
        .isEqualTo(new Decision(LeaderState.STANDING_BY, "third"));
  }

  @Test
  void aDeletedLeaseIsLeftToItsHolderUntilItExpires() {
    assertThat(decide("other", RENEW_TIME, 0))
        .isEqualTo(new Decision(LeaderState.STANDING_BY, "other"));
    assertThat(observed.decide(Optional.empty(), 1))
        .isEqualTo(new Decision(LeaderState.STANDING_BY, "other"));
    assertThat(observed.decide(Optional.empty(), LEASE_DURATION.toNanos() - 1))
        .isEqualTo(new Decision(LeaderState.STANDING_BY, "other"));
    assertThat(observed.decide(Optional.empty(), LEASE_DURATION.toNanos())).isEqualTo(LEAD);
  }

  @Test
  void aReleasedLeaseThatIsDeletedIsAcquiredAtOnce() {
    assertThat(decide("other", RENEW_TIME, 0))
        .isEqualTo(new Decision(LeaderState.STANDING_BY, "other"));
    assertThat(decide("", RENEW_TIME, 1)).isEqualTo(LEAD);
    assertThat(observed.decide(Optional.empty(), 2)).isEqualTo(LEAD);
  }

  @Test
  void aLeaderCreatesADeletedLeaseAgainAtOnce() {
    assertThat(decide("me", RENEW_TIME, 0)).isEqualTo(LEAD);
    observed.acquired();
    assertThat(observed.decide(Optional.empty(), 1)).isEqualTo(LEAD);
  }

  @Test
  void aLeaderThatFindsAnotherHolderHasLost() {
    observed.acquired();
    assertThat(decide("other", RENEW_TIME, 0)).isEqualTo(new Decision(LeaderState.LOST, "other"));
    assertThat(decide("other", RENEW_TIME, LEASE_DURATION.toNanos()))
        .isEqualTo(new Decision(LeaderState.LOST, "other"));
  }

  private Decision decide(String holder, ZonedDateTime renewTime, long now) {
    return observed.decide(
        Optional.of(
            new LeaseBuilder()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withRenewTime(renewTime)
                .endSpec()
                .build()),
        now);
  }
}
