package io.vminventory.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.vminventory.operator.leader.ObservedLease.Decision;
import io.vminventory.operator.leader.ObservedLease.Decision.AcquireOrRenew;
import io.vminventory.operator.leader.ObservedLease.Decision.Lost;
import io.vminventory.operator.leader.ObservedLease.Decision.StandBy;
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

  private final ObservedLease observed = new ObservedLease("me", LEASE_DURATION);

  @Test
  void aMissingLeaseIsAcquired() {
    assertThat(observed.decide(Optional.empty(), 0)).isEqualTo(new AcquireOrRenew());
  }

  @Test
  void aLeaseWithoutHolderIsAcquiredAtOnce() {
    assertThat(decide("", RENEW_TIME, 0)).isEqualTo(new AcquireOrRenew());
    assertThat(observed.decide(Optional.of(new Lease()), 0)).isEqualTo(new AcquireOrRenew());
  }

  @Test
  void itsOwnLeaseIsRenewedHoweverOldItIs() {
    observed.acquired();
    assertThat(decide("me", RENEW_TIME, 0)).isEqualTo(new AcquireOrRenew());
    assertThat(decide("me", RENEW_TIME, LEASE_DURATION.toNanos() * 100))
        .isEqualTo(new AcquireOrRenew());
  }

  @Test
  void aLeaseThatIsNotRenewedIsAcquiredAfterItsDuration() {
    assertThat(decide("other", RENEW_TIME, 7)).isEqualTo(new StandBy("other"));
    assertThat(decide("other", RENEW_TIME, 7 + LEASE_DURATION.toNanos() - 1))
        .isEqualTo(new StandBy("other"));
    assertThat(decide("other", RENEW_TIME, 7 + LEASE_DURATION.toNanos()))
        .isEqualTo(new AcquireOrRenew());
  }

  @Test
  void aLeaseThatIsRenewedIsLeftAlone() {
    for (int i = 0; i < 100; i++) {
      assertThat(decide("other", RENEW_TIME.plusSeconds(i), i * (LEASE_DURATION.toNanos() - 1)))
          .isEqualTo(new StandBy("other"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-86_400, -3_600, 3_600, 86_400})
  void clocksOfOtherMachinesDoNotMatter(int skewSeconds) {
    ZonedDateTime renewTime = RENEW_TIME.plusSeconds(skewSeconds);
    assertThat(decide("other", renewTime, 0)).isEqualTo(new StandBy("other"));
    assertThat(decide("other", renewTime, LEASE_DURATION.toNanos() - 1))
        .isEqualTo(new StandBy("other"));
    assertThat(decide("other", renewTime, LEASE_DURATION.toNanos()))
        .isEqualTo(new AcquireOrRenew());
  }

  @Test
  void aNewHolderKeepsTheLeaseForItsWholeDuration() {
    assertThat(decide("other", RENEW_TIME, 0)).isEqualTo(new StandBy("other"));
    assertThat(decide("third", RENEW_TIME, LEASE_DURATION.toNanos()))
        .isEqualTo(new StandBy("third"));
  }

  @Test
  void aDeletedLeaseIsLeftToItsHolderUntilItExpires() {
    assertThat(decide("other", RENEW_TIME, 0)).isEqualTo(new StandBy("other"));
    assertThat(observed.decide(Optional.empty(), 1)).isEqualTo(new StandBy("other"));
    assertThat(observed.decide(Optional.empty(), LEASE_DURATION.toNanos() - 1))
        .isEqualTo(new StandBy("other"));
    assertThat(observed.decide(Optional.empty(), LEASE_DURATION.toNanos()))
        .isEqualTo(new AcquireOrRenew());
  }

  @Test
  void aReleasedLeaseThatIsDeletedIsAcquiredAtOnce() {
    assertThat(decide("other", RENEW_TIME, 0)).isEqualTo(new StandBy("other"));
    assertThat(decide("", RENEW_TIME, 1)).isEqualTo(new AcquireOrRenew());
    assertThat(observed.decide(Optional.empty(), 2)).isEqualTo(new AcquireOrRenew());
  }

  @Test
  void aLeaderCreatesADeletedLeaseAgainAtOnce() {
    assertThat(decide("me", RENEW_TIME, 0)).isEqualTo(new AcquireOrRenew());
    observed.acquired();
    assertThat(observed.decide(Optional.empty(), 1)).isEqualTo(new AcquireOrRenew());
  }

  @Test
  void aLeaderThatFindsAnotherHolderHasLost() {
    observed.acquired();
    assertThat(decide("other", RENEW_TIME, 0)).isEqualTo(new Lost("other"));
    assertThat(decide("other", RENEW_TIME, LEASE_DURATION.toNanos())).isEqualTo(new Lost("other"));
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
