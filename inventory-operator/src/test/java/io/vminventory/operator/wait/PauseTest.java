package io.vminventory.operator.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.vminventory.testkit.Eventually;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PauseTest {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Pause pause = new Pause(lock, changed, () -> this.ended);
  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private boolean ended;

  @AfterEach
  void tearDown() {
    other.shutdownNow();
  }

  @Test
  void itLastsAsLongAsItWasAskedTo() throws Exception {
    long began = System.nanoTime();
    pause.await(Duration.ofMillis(30));
    assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(30_000_000);
  }

  @Test
  void noTimeAndANegativeOneAreNoWait() throws Exception {
    pause.await(Duration.ZERO);
    pause.await(Duration.ofHours(-1));
    assertThat(lock.isLocked()).isFalse();
  }

  @Test
  void whoeverEndsItEndsTheWaitUnderWayAndAllLaterOnes() throws Exception {
    Future<?> waiting = begin();
    signal(true);
    waiting.get(20, TimeUnit.SECONDS);
    pause.await(Duration.ofHours(1));
  }

  @Test
  void aSignalThatEndsNothingIsSleptThrough() throws Exception {
    Future<?> waiting = begin();
    signal(false);
    awaitWaiter();
    assertThat(waiting.isDone()).isFalse();
    signal(true);
    waiting.get(20, TimeUnit.SECONDS);
  }

  @Test
  void anInterruptEndsIt() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> pause.await(Duration.ofHours(1)));
    assertThat(lock.isLocked()).isFalse();
  }

  private Future<?> begin() {
    Future<?> waiting =
        other.submit(
            () -> {
              pause.await(Duration.ofHours(1));
              return null;
            });
    awaitWaiter();
    return waiting;
  }

  private void awaitWaiter() {
    Eventually.within(Duration.ofSeconds(20)).until(this::hasWaiter);
  }

  private boolean hasWaiter() {
    lock.lock();
    try {
      return lock.hasWaiters(changed);
    } finally {
      lock.unlock();
    }
  }

  private void signal(boolean end) {
    lock.lock();
    try {
      ended = end;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
