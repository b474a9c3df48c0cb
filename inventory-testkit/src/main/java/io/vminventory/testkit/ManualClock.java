package io.vminventory.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Clock that stands still until a test advances it. Thread-safe. */
public final class ManualClock implements InstantSource {

  private Instant now;

  /** A clock at this time. */
  public ManualClock(Instant now) {
    this.now = now;
  }

  @Override
  public synchronized Instant instant() {
    return now;
  }

  /** Moves the time forward, or back if the duration is negative. */
  public synchronized void advance(Duration duration) {
    now = now.plus(duration);
  }
}
