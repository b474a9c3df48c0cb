package io.vminventory.operator.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@Tag("embedded")
class MonitorTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final Monitor monitor = new Monitor();
  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private final AtomicInteger checks = new AtomicInteger();
  private boolean ended;

  @AfterEach
  void tearDown() {
    other.shutdownNow();
  }

  @Test
  void sleepLastsForItsWholeTime() throws Exception {
    long began = System.nanoTime();
    monitor.sleep(Duration.ofMillis(30), () -> false);
    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(30_000_000);
  }

  @Test
  void zeroAndNegativeTimesAreNotWaitedFor() throws Exception {
    monitor.sleep(Duration.ZERO, () -> false);
    monitor.sleep(HOUR.negated(), () -> false);
    monitor.await(HOUR::negated);
  }

  @Test
  void aChangeEndsTheSleepUnderWayAndAllLaterOnes() throws Exception {
    Future<?> sleep = beginSleep();
    end();
    sleep.get(20, TimeUnit.SECONDS);
    monitor.sleep(HOUR, this::ended);
  }

  @Test
  void aChangeThatDoesNotFulfilTheConditionIsSleptThrough() throws Exception {
    Future<?> sleep = beginSleep();
    int before = checks.get();
    monitor.update(() -> {});
    Eventually.within(Duration.ofSeconds(20)).until(() -> checks.get() > before);
    assertThat(sleep.isDone()).isFalse();
    end();
    sleep.get(20, TimeUnit.SECONDS);
  }

  @Test
  void theRemainingTimeIsComputedAnewAfterEachChange() throws Exception {
    Future<?> wait =
        other.submit(
            () -> {
              monitor.await(() -> ended() ? Duration.ofMillis(-1) : HOUR);
              return null;
            });
    awaitFirstCheck();
    end();
    wait.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aWaitWithoutALimitEndsWithItsCondition() throws Exception {
    Future<?> wait =
        other.submit(
            () -> {
              monitor.awaitUntil(this::ended);
              return null;
            });
    awaitFirstCheck();
    end();
    wait.get(20, TimeUnit.SECONDS);
  }

  @Test
  void aChangeReturnsItsResult() {
    assertThat(monitor.<Integer>change(checks::incrementAndGet)).isEqualTo(1);
    assertThat(monitor.read(checks::get)).isEqualTo(1);
  }

  @Test
  void anInterruptEndsAWaitAndFreesTheLock() throws Exception {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> monitor.sleep(HOUR, this::ended));
    assertThat(other.submit(() -> monitor.read(checks::get)).get(20, TimeUnit.SECONDS)).isZero();
  }

  private Future<?> beginSleep() {
    Future<?> sleep =
        other.submit(
            () -> {
              monitor.sleep(HOUR, this::ended);
              return null;
            });
    awaitFirstCheck();
    return sleep;
  }

  /** The check and the wait after it hold the lock without a gap, so no later change is missed. */
  private void awaitFirstCheck() {
    Eventually.within(Duration.ofSeconds(20)).until(() -> checks.get() > 0);
  }

  private boolean ended() {
    checks.incrementAndGet();
    return ended;
  }

  private void end() {
    monitor.update(() -> this.ended = true);
  }
}
