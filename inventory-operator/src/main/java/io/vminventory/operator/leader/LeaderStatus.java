package io.vminventory.operator.leader;

import io.vminventory.operator.wait.Pause;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is known of the lead; tells the log when that changes. Thread-safe. */
final class LeaderStatus {

  private static final Logger log = LoggerFactory.getLogger(LeaderStatus.class);

  private final String lease;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Pause pause = new Pause(lock, changed, () -> this.closed);
  private LeaderState standing = LeaderState.STANDING_BY;
  private String leader = "";
  private Optional<String> failure = Optional.empty();
  private boolean closed;

  /**
   * @param lease what the lead is called in messages
   */
  LeaderStatus(String lease) {
    this.lease = lease;
  }

  /** The Lease could be used, and said this. */
  void tell(LeaderState now, String holder) {
    lock.lock();
    try {
      if (failure.isPresent()) {
        log.info("Lease {} can be used again", lease);
      }
      if (now != standing || !holder.equals(leader)) {
        switch (now) {
          case LEADING -> log.info("leading as {}, by Lease {}", holder, lease);
          case STANDING_BY -> log.info("standing by: {} leads, by Lease {}", holder, lease);
          case LOST -> log.error("{} has taken the lead, by Lease {}", holder, lease);
        }
      }
      standing = now;
      leader = holder;
      failure = Optional.empty();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The Lease could not be used. */
  void tellFailure(String why) {
    lock.lock();
    try {
      if (failure.isEmpty()) {
        log.warn("Lease {} cannot be read or renewed: {}", lease, why);
      }
      failure = Optional.of("Lease " + lease + " cannot be read or renewed: " + why);
    } finally {
      lock.unlock();
    }
  }

  LeaderState state() {
    lock.lock();
    try {
      return standing;
    } finally {
      lock.unlock();
    }
  }

  Optional<String> problem() {
    lock.lock();
    try {
      return standing == LeaderState.LOST
          ? Optional.of(leader + " has taken the lead, by Lease " + lease)
          : failure;
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is anything left to look for. */
  boolean open() {
    lock.lock();
    try {
      return !closed && standing != LeaderState.LOST;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for that long, or until this is closed. */
  void pause(Duration time) throws InterruptedException {
    pause.await(time);
  }

  /** Waits until the lead was won; {@code false} if this was closed. */
  boolean awaitLead() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (standing == LeaderState.STANDING_BY && !closed) {
        changed.await();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the lead was lost; who has it. */
  String awaitLoss() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (standing != LeaderState.LOST) {
        changed.await();
      }
      return leader;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the looks and the wait for the lead; whether this is the first call. */
  boolean close() {
    lock.lock();
    try {
      boolean first = !closed;
      closed = true;
      changed.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }
}
