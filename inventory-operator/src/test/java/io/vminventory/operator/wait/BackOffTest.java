package io.vminventory.operator.wait;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.TenantId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class BackOffTest {

  private static final BackOff BACK_OFF =
      new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(10));

  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,4", "4,8", "5,10", "1000000,10"})
  void theDelayDoublesUpToItsMaximum(int failures, long seconds) {
    assertThat(BACK_OFF.delay(failures)).hasSeconds(seconds);
  }

  @Test
  void jitterSpreadsKeysAndKeepsEachWhereItIs() {
    Duration hour = Duration.ofHours(1);
    List<Duration> times =
        IntStream.range(0, 200)
            .mapToObj(i -> BackOff.jittered(hour, new TenantId("default", "t" + i)))
            .toList();
    assertThat(times).allSatisfy(t -> assertThat(t).isBetween(Duration.ofMinutes(54), hour));
    assertThat(times.stream().distinct().count()).isGreaterThan(50);
    TenantId tenant = new TenantId("default", "test");
    assertThat(BackOff.jittered(hour, tenant)).isEqualTo(BackOff.jittered(hour, tenant));
  }
}
