package io.vminventory.operator.leader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.vminventory.testkit.Eventually;
import io.vminventory.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("pure")
class LeaseLeaderElectionTest {

  private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");
  private static final ElectionTimings TIMINGS = ElectionTimings.defaults();

  private final ManualClock clock = new ManualClock(START);
  private final InMemoryLeaseLock lock = new InMemoryLeaseLock();
  private final LeaseLeaderElection first = process("first");
  private final LeaseLeaderElection second = process("second");

  private LeaseLeaderElection process(String name) {
    return new LeaseLeaderElection(lock, TIMINGS, clock, this::nanos, name);
  }

  private long nanos() {
    return Duration.between(START, clock.instant()).toNanos();
  }

  @Test
  void oneOfTwoLeads() {
    first.tryAcquireOrRenew();
    second.tryAcquireOrRenew();
    assertThat(first.granted()).isTrue();
    assertThat(first.state()).isEqualTo(LeaderState.LEADING);
    assertThat(second.granted()).isFalse();
    assertThat(second.state()).isEqualTo(LeaderState.STANDING_BY);
    assertThat(second.problem()).isEmpty();
  }

  @Test
  void theLeaseShowsTheLeaderAndItsTimes() {
    first.tryAcquireOrRenew();
    clock.advance(Duration.ofSeconds(2));
    first.tryAcquireOrRenew();
    LeaseSpec spec = spec();
    assertThat(spec.getHolderIdentity()).isEqualTo("first");
    assertThat(spec.getAcquireTime()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(spec.getRenewTime()).isEqualTo("2026-11-23T00:00:02Z");
    assertThat(spec.getLeaseDurationSeconds()).isEqualTo(12);
    assertThat(spec.getLeaseTransitions()).isZero();
  }

  @Test
  void thePermitEndsLongBeforeAnotherProcessCanTakeOver() {
    first.tryAcquireOrRenew();
    second.tryAcquireOrRenew();
    clock.advance(TIMINGS.renewDeadline().minusNanos(1));
    assertThat(first.granted()).isTrue();
    clock.advance(Duration.ofNanos(1));
    assertThat(first.granted()).isFalse();
    second.tryAcquireOrRenew();
    assertThat(second.granted()).isFalse();
    clock.advance(TIMINGS.leaseDuration().minus(TIMINGS.renewDeadline()));
    second.tryAcquireOrRenew();
    assertThat(second.granted()).isTrue();
    assertThat(spec().getLeaseTransitions()).isEqualTo(1);
  }

  @Test
  void aReplacedLeaderReportsItAndIsNeverPermittedAgain() throws Exception {
    first.tryAcquireOrRenew();
    second.tryAcquireOrRenew();
    clock.advance(TIMINGS.leaseDuration());
    second.tryAcquireOrRenew();
    first.tryAcquireOrRenew();
    assertThat(first.state()).isEqualTo(LeaderState.LOST);
    assertThat(first.awaitLoss()).isEqualTo("second");
    assertThat(first.problem())
        .hasValueSatisfying(problem -> assertThat(problem).contains("second"));
    second.close();
    first.tryAcquireOrRenew();
    assertThat(first.granted()).isFalse();
  }

  @Test
  void anUnreachableApiServerEndsThePermitButNotTheLead() {
    first.tryAcquireOrRenew();
    lock.failWith(503);
    clock.advance(Duration.ofMinutes(5));
    first.tryAcquireOrRenew();
    assertThat(first.granted()).isFalse();
    assertThat(first.state()).isEqualTo(LeaderState.LEADING);
    assertThat(first.problem())
        .hasValueSatisfying(
            problem ->
                assertThat(problem).contains("somewhere/lease", "cannot be read or renewed"));
    lock.failWith(0);
    first.tryAcquireOrRenew();
    assertThat(first.granted()).isTrue();
    assertThat(first.problem()).isEmpty();
  }

  @Test
  void aMissingRightIsNamed() {
    lock.failWith(403);
    first.tryAcquireOrRenew();
    assertThat(first.granted()).isFalse();
    assertThat(first.problem())
        .hasValueSatisfying(
            problem -> assertThat(problem).contains("get, create and update on leases"));
  }

  @Test
  void aConflictIsNotAProblem() {
    lock.failWith(409);
    first.tryAcquireOrRenew();
    assertThat(first.granted()).isFalse();
    assertThat(first.problem()).isEmpty();
  }

  @Test
  void closingReleasesTheLeaseAtOnce() {
    first.tryAcquireOrRenew();
    second.tryAcquireOrRenew();
    first.close();
    assertThat(first.granted()).isFalse();
    second.tryAcquireOrRenew();
    assertThat(second.granted()).isTrue();
    first.close();
    assertThat(spec().getHolderIdentity()).isEqualTo("second");
  }

  @Test
  void closingAReplacedLeaderLeavesTheLeaseAlone() {
    first.tryAcquireOrRenew();
    second.tryAcquireOrRenew();
    clock.advance(TIMINGS.leaseDuration());
    second.tryAcquireOrRenew();
    first.close();
    assertThat(spec().getHolderIdentity()).isEqualTo("second");
  }

  @Test
  void theThreadRenewsUntilTheClose() throws Exception {
    ElectionTimings quick =
        new ElectionTimings(Duration.ofMillis(20), Duration.ofSeconds(7), Duration.ofSeconds(12));
    LeaseLeaderElection running =
        new LeaseLeaderElection(lock, quick, clock, System::nanoTime, "running");
    running.start();
    assertThat(running.await()).isTrue();
    clock.advance(Duration.ofSeconds(30));
    Eventually.within(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(spec().getRenewTime()).isEqualTo("2026-11-23T00:00:30Z"));
    running.close();
    assertThat(spec().getHolderIdentity()).isEmpty();
  }

  @Test
  void closingEndsTheWaitForTheLead() throws Exception {
    first.tryAcquireOrRenew();
    ExecutorService waiter = Executors.newSingleThreadExecutor();
    try {
      second.start();
      Future<Boolean> lead = waiter.submit(second::await);
      second.close();
      assertThat(lead.get(20, TimeUnit.SECONDS)).isFalse();
    } finally {
      waiter.shutdownNow();
    }
  }

  @Test
  void timingsWithoutASafetyMarginAreRejected() {
    Duration second = Duration.ofSeconds(1);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ElectionTimings(second, Duration.ofSeconds(5), Duration.ofSeconds(5)));
  }

  @Test
  void everyProcessHasAnIdentityOfItsOwn() {
    assertThat(Identity.ofThisProcess()).isNotEqualTo(Identity.ofThisProcess());
  }

  private LeaseSpec spec() {
    return lock.get().map(Lease::getSpec).orElseThrow();
  }
}
