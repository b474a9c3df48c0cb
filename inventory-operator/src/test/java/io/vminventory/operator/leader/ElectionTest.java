package io.vminventory.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.vminventory.operator.leader.Election.Decision;
import io.vminventory.operator.leader.Election.Decision.Hold;
import io.vminventory.operator.leader.Election.Decision.Lost;
import io.vminventory.operator.leader.Election.Decision.StandBy;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElectionTest {

  private static final Duration PATIENCE = Duration.ofSeconds(12);
  private static final ZonedDateTime RENEWED = ZonedDateTime.parse("2026-11-23T00:00:00Z");

  private final Election election = new Election("me", PATIENCE);

  @Test
  void aLeaseThatIsNotThereIsTaken() {
    assertThat(election.decide(Optional.empty(), 0)).isEqualTo(new Hold());
  }

  @Test
  void aLeaseWithoutHolderIsTakenAtOnce() {
    assertThat(decide("", RENEWED, 0)).isEqualTo(new Hold());
    assertThat(election.decide(Optional.of(new Lease()), 0)).isEqualTo(new Hold());
  }

  @Test
  void ownLeaseIsHeldHoweverLongAgoItWasRenewed() {
    election.won();
    assertThat(decide("me", RENEWED, 0)).isEqualTo(new Hold());
    assertThat(decide("me", RENEWED, PATIENCE.toNanos() * 100)).isEqualTo(new Hold());
  }

  @Test
  void anotherThatDoesNotRenewIsReplacedAfterTheWholeLease() {
    assertThat(decide("other", RENEWED, 7)).isEqualTo(new StandBy("other"));
    assertThat(decide("other", RENEWED, 7 + PATIENCE.toNanos() - 1))
        .isEqualTo(new StandBy("other"));
    assertThat(decide("other", RENEWED, 7 + PATIENCE.toNanos())).isEqualTo(new Hold());
  }

  @Test
  void anotherThatRenewsIsLeftAlone() {
    for (int i = 0; i < 100; i++) {
      assertThat(decide("other", RENEWED.plusSeconds(i), i * (PATIENCE.toNanos() - 1)))
          .isEqualTo(new StandBy("other"));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-86_400, -3_600, 3_600, 86_400})
  void clocksOfOtherMachinesDoNotMatter(int skewSeconds) {
    ZonedDateTime renewed = RENEWED.plusSeconds(skewSeconds);
    assertThat(decide("other", renewed, 0)).isEqualTo(new StandBy("other"));
    assertThat(decide("other", renewed, PATIENCE.toNanos() - 1)).isEqualTo(new StandBy("other"));
    assertThat(decide("other", renewed, PATIENCE.toNanos())).isEqualTo(new Hold());
  }

  @Test
  void aNewHolderHasAWholeLeaseBeforeIt() {
    assertThat(decide("other", RENEWED, 0)).isEqualTo(new StandBy("other"));
    assertThat(decide("third", RENEWED, PATIENCE.toNanos())).isEqualTo(new StandBy("third"));
  }

  @Test
  void aLeaseThatSomebodyDeletesIsLeftToItsHolderForTheRestOfIt() {
    assertThat(decide("other", RENEWED, 0)).isEqualTo(new StandBy("other"));
    assertThat(election.decide(Optional.empty(), 1)).isEqualTo(new StandBy("other"));
    assertThat(election.decide(Optional.empty(), PATIENCE.toNanos() - 1))
        .isEqualTo(new StandBy("other"));
    assertThat(election.decide(Optional.empty(), PATIENCE.toNanos())).isEqualTo(new Hold());
  }

  @Test
  void aLeaseThatWasGivenUpAndThenDeletedIsTakenAtOnce() {
    assertThat(decide("other", RENEWED, 0)).isEqualTo(new StandBy("other"));
    assertThat(decide("", RENEWED, 1)).isEqualTo(new Hold());
    assertThat(election.decide(Optional.empty(), 2)).isEqualTo(new Hold());
  }

  @Test
  void whoHasLedMakesADeletedLeaseAnewAtOnce() {
    assertThat(decide("me", RENEWED, 0)).isEqualTo(new Hold());
    election.won();
    assertThat(election.decide(Optional.empty(), 1)).isEqualTo(new Hold());
  }

  @Test
  void whoHasLedAndFindsAnotherHasLost() {
    election.won();
    assertThat(decide("other", RENEWED, 0)).isEqualTo(new Lost("other"));
    assertThat(decide("other", RENEWED, PATIENCE.toNanos())).isEqualTo(new Lost("other"));
  }

  private Decision decide(String holder, ZonedDateTime renewed, long now) {
    return election.decide(
        Optional.of(
            new LeaseBuilder()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withRenewTime(renewed)
                .endSpec()
                .build()),
        now);
  }
}
