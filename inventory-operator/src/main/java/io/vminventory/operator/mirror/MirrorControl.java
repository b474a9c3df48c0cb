package io.vminventory.operator.mirror;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a mirror's thread shares with the threads that steer it: the newest spec, the published
 * state, and the means to end a wait. All methods but those marked otherwise may be called from any
 * thread.
 */
final class MirrorControl {

  /** A wait ends this often at the latest, to look at the clock again. */
  private static final Duration GLANCE = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private MirrorSpec spec;
  private MirrorState state;
  private boolean stopped;
  private @Nullable Thread waiting;
  private boolean woken;

  MirrorControl(MirrorSpec spec, MirrorState state, InstantSource clock) {
    this.spec = spec;
    this.state = state;
    this.clock = clock;
  }

  MirrorSpec spec() {
    lock.lock();
    try {
      return spec;
    } finally {
      lock.unlock();
    }
  }

  MirrorState state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** Changes the state; whether it is another one now. For the mirror's thread. */
  boolean publish(UnaryOperator<MirrorState> step) {
    lock.lock();
    try {
      MirrorState before = state;
      state = step.apply(before);
      return !state.equals(before);
    } finally {
      lock.unlock();
    }
  }

  /** Takes a new spec, and ends the wait under way if the spec asks for something now. */
  void update(MirrorSpec next) {
    lock.lock();
    try {
      MirrorSpec before = spec;
      spec = next;
      state = state.retaining(next.requests());
      if (waiting != null && !woken && mustReread(before)) {
        woken = true;
        waiting.interrupt();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Makes {@link #awaitDue} and {@link #beginWaiting} return {@code false} from now on. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean stopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a login is due; {@code false} if the mirror is to stop. For its thread. */
  boolean awaitDue() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!stopped) {
        Instant now = clock.instant();
        Duration wait =
            Schedule.nextLogin(spec, state, now)
                .map(due -> Duration.between(now, due))
                .filter(left -> left.compareTo(GLANCE) < 0)
                .orElse(GLANCE);
        if (wait.isNegative() || wait.isZero()) {
          return true;
        }
        long unused = changed.awaitNanos(wait.toNanos());
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Announces a wait on a session that was opened for {@code opened}; {@code false} if the session
   * has to be given up instead. From here to {@link #endWaiting} an update may interrupt the
   * thread. For the mirror's thread.
   */
  boolean beginWaiting(MirrorSpec opened) {
    lock.lock();
    try {
      if (stopped || mustReread(opened)) {
        return false;
      }
      waiting = Thread.currentThread();
      woken = false;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends what {@link #beginWaiting} began; whether an update has interrupted it, so that the
   * session has to be given up. For the mirror's thread.
   */
  boolean endWaiting() {
    lock.lock();
    try {
      waiting = null;
      if (woken && !stopped) {
        // The interrupt was ours, and may not have been noticed yet.
        boolean unused = Thread.interrupted();
      }
      return woken;
    } finally {
      lock.unlock();
    }
  }

  private boolean mustReread(MirrorSpec opened) {
    Instant now = clock.instant();
    return spec.needsOtherSession(opened) || !Schedule.nextReread(spec, state, now).isAfter(now);
  }
}
