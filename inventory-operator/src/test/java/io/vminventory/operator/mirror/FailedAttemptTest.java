package io.vminventory.operator.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class FailedAttemptTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Tenant TENANT =
      new Tenant(new TenantId("default", "test"), "user", Secret.of("s3cret"), "target");

  @Test
  void attemptsInARowAreCountedForEachStage() {
    FailedAttempt first = next(Optional.empty(), Stage.PLATFORM, "down", NOW);
    FailedAttempt second = next(Optional.of(first), Stage.PLATFORM, "down", NOW.plusSeconds(1));
    FailedAttempt other = next(Optional.of(second), Stage.RECORDS, "full", NOW.plusSeconds(3));
    assertThat(first.attempts()).isEqualTo(1);
    assertThat(second.attempts()).isEqualTo(2);
    assertThat(other.attempts()).isEqualTo(1);
  }

  @Test
  void changesThatFailInTheSameWayBeforeTheRetryDoNotCount() {
    FailedAttempt first = next(Optional.empty(), Stage.RECORDS, "full", NOW);
    assertThat(next(Optional.of(first), Stage.RECORDS, "full", NOW.plusMillis(300)))
        .isSameAs(first);
    assertThat(next(Optional.of(first), Stage.RECORDS, "fuller", NOW.plusMillis(300)).attempts())
        .isEqualTo(2);
    assertThat(next(Optional.of(first), Stage.RECORDS, "full", first.retryAt()).attempts())
        .isEqualTo(2);
  }

  @Test
  void aRestoredRefusalCoolsDownNoLongerThanAFreshOne() {
    Instant soon = NOW.plusSeconds(60);
    Instant never = NOW.plus(Duration.ofDays(9_999));
    assertThat(FailedAttempt.restoredRefusal("no", soon, TENANT, NOW).retryAt()).isEqualTo(soon);
    FailedAttempt bounded = FailedAttempt.restoredRefusal("no", never, TENANT, NOW);
    assertThat(bounded.retryAt()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    assertThat(bounded.isRefusalOf(TENANT)).isTrue();
  }

  private static FailedAttempt next(
      Optional<FailedAttempt> last, Stage stage, String message, Instant began) {
    return FailedAttempt.after(last, stage, Failure.UNAVAILABLE, message, TENANT, began, began);
  }
}
