package io.vminventory.operator.leader;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The leadership of a process that has no rival; it is never lost. */
public final class NoLeaderElection implements Leadership {

  @Override
  public void start() {
    // Leads from the beginning.
  }

  @Override
  public boolean await() {
    return true;
  }

  @Override
  public String awaitLoss() throws InterruptedException {
    new CountDownLatch(1).await();
    return "nobody";
  }

  @Override
  public LeaderState standing() {
    return LeaderState.LEADING;
  }

  @Override
  public Optional<String> trouble() {
    return Optional.empty();
  }

  @Override
  public boolean granted() {
    return true;
  }

  @Override
  public void close() {
    // Nobody waits for it.
  }
}
