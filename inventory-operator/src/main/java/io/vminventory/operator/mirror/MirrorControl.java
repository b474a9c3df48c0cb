package io.vminventory.operator.mirror;

import io.vminventory.api.TenantId;
import io.vminventory.operator.wait.Monitor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/**
 * State that a mirror's thread shares with the threads that control it: the newest spec and the
 * published state. Methods may be called from any thread unless marked otherwise.
 */
final class MirrorControl {

  /** A wait rechecks the clock this often, because the clock may be set. */
  private static final Duration CLOCK_CHECK_INTERVAL = Duration.ofMinutes(1);

  private final InstantSource clock;
  private final Monitor monitor = new Monitor();
  private final AtomicBoolean externallyChanged = new AtomicBoolean();
  private MirrorSpec spec;
  private MirrorState state;
  private boolean stopped;
  private Optional<SessionWait> lastWait = Optional.empty();

  MirrorControl(MirrorSpec spec, MirrorState state, InstantSource clock) {
    this.spec = spec;
    this.state = state;
    this.clock = clock;
  }

  MirrorSpec spec() {
    return monitor.read(() -> spec);
  }

  MirrorState state() {
    return monitor.read(() -> state);
  }

  boolean stopped() {
    return monitor.read(() -> stopped);
  }

  /**
   * Whether the tenant's records were changed or deleted by another client. To be cleared before
   * the records are read, so that no later change is lost. Setting it ends no wait.
   */
  AtomicBoolean externallyChanged() {
    return externallyChanged;
  }

  /** Changes the state, and notifies the listener if it differs now. For the mirror's thread. */
  void publish(MirrorListener listener, UnaryOperator<MirrorState> step) {
    Optional<TenantId> changed =
        monitor.change(
            () -> {
              MirrorState before = state;
              state = step.apply(before);
              return state.equals(before) ? Optional.empty() : Optional.of(spec.tenant().id());
            });
    changed.ifPresent(listener::stateChanged);
  }

  /** Takes a new spec, and interrupts the wait on a session if the spec needs another read. */
  void update(MirrorSpec newest) {
    monitor.update(
        () -> {
          spec = newest;
          state = state.retainingHandled(newest.requests());
          lastWait.filter(wait -> isSuperseded(wait.read())).ifPresent(SessionWait::interrupt);
        });
  }

  /** Ends all waits, now and later. A wait on a session ends by an interrupt of the thread. */
  void stop() {
    monitor.update(() -> stopped = true);
  }

  /** Waits until a login is due; {@code false} if stopped. For the mirror's thread. */
  boolean awaitLoginDue() throws InterruptedException {
    monitor.await(() -> stopped ? Duration.ZERO : timeToLogin(clock.instant()));
    return !stopped();
  }

  private Duration timeToLogin(Instant now) {
    return Schedule.nextLogin(spec, state, now)
        .map(due -> Duration.between(now, due))
        .filter(left -> left.compareTo(CLOCK_CHECK_INTERVAL) < 0)
        .orElse(CLOCK_CHECK_INTERVAL);
  }

  /**
   * Waits until unwritten records are due for a retry; {@code false} if another read is due before,
   * or if stopped. For the mirror's thread.
   */
  boolean awaitWriteRetry(CurrentRead read) throws InterruptedException {
    monitor.await(() -> mustEnd(read) ? Duration.ZERO : timeToNext(read, CLOCK_CHECK_INTERVAL));
    return monitor.read(() -> !mustEnd(read));
  }

  /** Waits for a time, or until stopped. For the mirror's thread. */
  void sleep(Duration time) throws InterruptedException {
    monitor.sleep(time, () -> stopped);
  }

  /**
   * Begins a wait on a session, which an update may interrupt. For the mirror's thread.
   *
   * @return empty if the session has to be closed instead
   */
  Optional<SessionWait> beginSessionWait(CurrentRead read) {
    return monitor.change(
        () -> {
          lastWait =
              mustEnd(read)
                  ? Optional.empty()
                  : Optional.of(new SessionWait(read, monitor, () -> stopped));
          return lastWait;
        });
  }

  /** How long to wait before the next reread or write retry is due, up to a limit. */
  Duration timeToNext(CurrentRead read, Duration limit) {
    return monitor.read(() -> read.timeToNext(spec, state, limit, clock.instant()));
  }

  private boolean mustEnd(CurrentRead read) {
    return stopped || isSuperseded(read);
  }

  private boolean isSuperseded(CurrentRead read) {
    return read.isSuperseded(spec, state, clock.instant());
  }
}
