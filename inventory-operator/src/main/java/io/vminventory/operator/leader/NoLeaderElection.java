package io.vminventory.operator.leader;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** The leaderElection of a process that has no rival; it is never lost. */
public final class NoLeaderElection implements LeaderElection {

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
  public LeaderState state() {
    return LeaderState.LEADING;
  }

  @Override
  public Optional<String> problem() {
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
