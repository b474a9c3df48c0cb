package io.vminventory.operator.mirror;

import java.time.Duration;
import java.time.Instant;

/**
 * The read whose inventory a mirror holds, with or without an open session. Pure.
 *
 * @param spec what the read was for
 * @param snapshotPending whether its snapshot has not been written yet
 */
record CurrentRead(MirrorSpec spec, boolean snapshotPending) {

  /** Whether another read has to replace this one now. */
  boolean isSuperseded(MirrorSpec newest, MirrorState state, Instant now) {
    return newest.needsNewSession(spec) || !nextReread(newest, state, now).isAfter(now);
  }

  /**
   * How long to wait before the next reread or write retry is due.
   *
   * @param limit the longest wait
   */
  Duration timeToNext(MirrorSpec newest, MirrorState state, Duration limit, Instant now) {
    return Schedule.timeToNext(nextReread(newest, state, now), state, limit, now);
  }

  /** A pending snapshot counts as written, because another read would not help. */
  private Instant nextReread(MirrorSpec newest, MirrorState state, Instant now) {
    MirrorState assumed = snapshotPending ? state.read(now, spec.requests()) : state;
    return Schedule.nextReread(newest, assumed, now);
  }
}
