package io.vminventory.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.TenantId;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("pure")
class RetryPolicyTest {

  private static final TenantId TENANT = new TenantId("default", "test");

  private static final Instant BEGAN = Instant.parse("2026-11-23T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "PLATFORM,UNAVAILABLE,1,1",
    "PLATFORM,UNAVAILABLE,2,2",
    "PLATFORM,UNAVAILABLE,5,16",
    "PLATFORM,UNAVAILABLE,6,20",
    "PLATFORM,UNAVAILABLE,1000,20",
    "PLATFORM,MISCONFIGURED,7,64",
    "PLATFORM,MISCONFIGURED,8,120",
    "PLATFORM,INTERNAL,1000,120",
    "RECORDS,UNAVAILABLE,1,1",
    "RECORDS,UNAVAILABLE,4,8",
    "RECORDS,UNAVAILABLE,5,10",
    "RECORDS,MISCONFIGURED,1000,10",
    "RECORDS,INTERNAL,1000,10",
    "RECORDS,DENIED,1000,10"
  })
  void backOffDoublesUpToABoundThatDependsOnTheFailure(
      Stage stage, Failure failure, int attempts, long seconds) {
    Duration wait = wait(stage, failure, attempts, Duration.ZERO);
    assertThat(wait)
        .isLessThanOrEqualTo(Duration.ofSeconds(seconds))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(seconds).multipliedBy(9).dividedBy(10));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "50"})
  void aRefusedAccountCoolsDownFiveMinutesFromTheRefusal(int attempts) {
    assertThat(wait(Stage.PLATFORM, Failure.DENIED, attempts, Duration.ofSeconds(40)))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void everyFailureIsRetriedButNotAtOnce(Failure failure) {
    for (Stage stage : Stage.values()) {
      assertThat(wait(stage, failure, 1, Duration.ofHours(1)))
          .isGreaterThanOrEqualTo(Duration.ofMillis(900));
    }
  }

  @Test
  void theTimeOfTheAttemptCountsAsWaited() {
    assertThat(wait(Stage.PLATFORM, Failure.UNAVAILABLE, 9, Duration.ofSeconds(20)))
        .isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(wait(Stage.PLATFORM, Failure.UNAVAILABLE, 9, Duration.ofSeconds(10)))
        .isBetween(Duration.ofSeconds(8), Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE,5000,true",
    "UNAVAILABLE,4999,false",
    "UNAVAILABLE,-1,false",
    "DENIED,3600000,false",
    "MISCONFIGURED,3600000,false",
    "INTERNAL,3600000,false"
  })
  void onlyASessionThatLivedForAWhileIsReplacedAtOnce(
      Failure failure, long lifetimeMillis, boolean atOnce) {
    assertThat(RetryPolicy.reconnectsAtOnce(failure, Duration.ofMillis(lifetimeMillis)))
        .isEqualTo(atOnce);
  }

  /** The delay that is left after an attempt of this duration. */
  private static Duration wait(Stage stage, Failure failure, int attempts, Duration took) {
    Instant now = BEGAN.plus(took);
    return Duration.between(
        now, RetryPolicy.nextAttempt(stage, failure, attempts, TENANT, BEGAN, now));
  }
}
