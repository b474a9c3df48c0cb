package io.vminventory.operator.mirror;

import io.vminventory.api.TenantId;
import io.vminventory.operator.wait.Pause;
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
  private final Pause pause = new Pause(lock, changed, () -> this.stopped);
  private MirrorSpec spec;
  private MirrorState state;
  private boolean stopped;
  private @Nullable Thread waiting;
  private @Nullable MirrorSpec opened;
  private boolean owing;
  private boolean woken;
  private boolean disturbed;

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

  /**
   * Changes the state, and tells the listener if it is another one now. For the mirror's thread.
   */
  void publish(MirrorListener listener, UnaryOperator<MirrorState> step) {
    TenantId tenant;
    boolean news;
    lock.lock();
    try {
      MirrorState before = state;
      state = step.apply(before);
      news = !state.equals(before);
      tenant = spec.tenant().id();
    } finally {
      lock.unlock();
    }
    if (news) {
      listener.stateChanged(tenant);
    }
  }

  /** Takes a new spec, and ends the wait under way if the spec asks for something now. */
  void update(MirrorSpec next) {
    lock.lock();
    try {
      spec = next;
      state = state.retainingHandled(next.requests());
      if (waiting != null && opened != null && !woken && mustReread(opened)) {
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

  /** Says that somebody else has changed or deleted a record; ends no wait. */
  void disturb() {
    lock.lock();
    try {
      disturbed = true;
    } finally {
      lock.unlock();
    }
  }

  /** Whether {@link #disturb} was called and {@link #endDisturbance} not since then. */
  boolean disturbed() {
    lock.lock();
    try {
      return disturbed;
    } finally {
      lock.unlock();
    }
  }

  /** To be called before the records are looked at, so that no later disturbance is lost. */
  void endDisturbance() {
    lock.lock();
    try {
      disturbed = false;
    } finally {
      lock.unlock();
    }
  }

  /** Lets a short time pass, which stopping ends. For the mirror's thread. */
  void pause(Duration time) throws InterruptedException {
    pause.await(time);
  }

  /**
   * Announces a wait on a session; {@code false} if the session has to be given up instead. From
   * here to {@link #endWaiting} an update may interrupt the thread. For the mirror's thread.
   *
   * @param session what the session was opened for
   * @param unanswered whether the snapshot of that session has been read, but not yet been written
   */
  boolean beginWaiting(MirrorSpec session, boolean unanswered) {
    lock.lock();
    try {
      opened = session;
      owing = unanswered;
      if (stopped || mustReread(session)) {
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
   * Waits until what is unwritten is due for another try; {@code false} if a read is due before, or
   * the mirror is to stop. For the mirror's thread.
   *
   * @param read what the last read was for
   * @param unanswered whether nothing of that read has been written yet
   */
  boolean awaitRewrite(MirrorSpec read, boolean unanswered) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      opened = read;
      owing = unanswered;
      while (!stopped && !mustReread(read)) {
        Instant now = clock.instant();
        Duration wait = Schedule.patience(nextReread(now), state, GLANCE, now);
        if (wait.isZero()) {
          return true;
        }
        long unused = changed.awaitNanos(wait.toNanos());
      }
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** How long to wait on the session that {@link #beginWaiting} is about. */
  Duration patience(Duration slice) {
    lock.lock();
    try {
      Instant now = clock.instant();
      return Schedule.patience(nextReread(now), state, slice, now);
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

  private boolean mustReread(MirrorSpec session) {
    Instant now = clock.instant();
    return spec.needsOtherSession(session) || !nextReread(now).isAfter(now);
  }

  /** A snapshot that waits to be written is as good as written: no other read would help. */
  private Instant nextReread(Instant now) {
    MirrorState seen = owing && opened != null ? state.read(now, opened.requests()) : state;
    return Schedule.nextReread(spec, seen, now);
  }
}
