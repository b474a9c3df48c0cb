package io.vminventory.operator.leader;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Leader election of a process without rivals: it leads from the beginning and never loses. */
public final class NoLeaderElection implements LeaderElection {

  @Override
  public void start() {
    // Leads already.
  }

  @Override
  public boolean await() {
    return true;
  }

  @Override
  public String awaitLoss() throws InterruptedException {
    new CountDownLatch(1).await();
    throw new IllegalStateException("a process without rivals lost the lead");
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
    // There is no Lease to release.
  }
}
