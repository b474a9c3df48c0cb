package io.vminventory.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.TenantId;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RetryTest {

  private static final TenantId TENANT = new TenantId("default", "test");

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,4", "7,64", "8,120", "9,120", "1000,120"})
  void backOffDoublesFromOneSecondToTwoMinutes(int attempts, long seconds) {
    Duration wait = Retry.after(Failure.UNAVAILABLE, attempts, TENANT);
    assertThat(wait)
        .isLessThanOrEqualTo(Duration.ofSeconds(seconds))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(seconds).multipliedBy(9).dividedBy(10));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "50"})
  void refusedAccountRestsFiveMinutes(int attempts) {
    assertThat(Retry.after(Failure.DENIED, attempts, TENANT)).isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @EnumSource(Failure.class)
  void everyFailureIsTriedAgain(Failure failure) {
    assertThat(Retry.after(failure, 1, TENANT)).isPositive();
  }

  @Test
  void tenantsAreSpreadAndEachStaysWhereItIs() {
    Duration hour = Duration.ofHours(1);
    var waits =
        IntStream.range(0, 200)
            .mapToObj(i -> Retry.spread(hour, new TenantId("default", "t" + i)))
            .toList();
    assertThat(waits).allSatisfy(w -> assertThat(w).isBetween(Duration.ofMinutes(54), hour));
    assertThat(waits.stream().distinct().count()).isGreaterThan(50);
    assertThat(Retry.spread(hour, TENANT)).isEqualTo(Retry.spread(hour, TENANT));
  }
}
