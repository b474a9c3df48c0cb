package io.vminventory.operator.leader;

import io.vminventory.operator.wait.Monitor;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** State of the election as this process knows it; logs each change. Thread-safe. */
final class LeaderStatus {

  private static final Logger log = LoggerFactory.getLogger(LeaderStatus.class);

  private final String lease;
  private final Monitor monitor = new Monitor();
  private LeaderState state = LeaderState.STANDING_BY;
  private String leader = "";
  private Optional<String> failure = Optional.empty();
  private boolean closed;

  /**
   * @param lease the Lease's name for messages
   */
  LeaderStatus(String lease) {
    this.lease = lease;
  }

  /** Records the result of a successful attempt. */
  void observed(LeaderState newState, String newLeader) {
    monitor.update(
        () -> {
          if (failure.isPresent()) {
            log.info("Lease {} can be used again", lease);
          }
          if (newState != state || !newLeader.equals(leader)) {
            switch (newState) {
              case LEADING -> log.info("leading as {}, by Lease {}", newLeader, lease);
              case STANDING_BY -> log.info("standing by: {} leads, by Lease {}", newLeader, lease);
              case LOST -> log.error("{} has taken the lead, by Lease {}", newLeader, lease);
            }
          }
          state = newState;
          leader = newLeader;
          failure = Optional.empty();
        });
  }

  /** Records that the Lease could not be read or renewed. */
  void failed(String cause) {
    monitor.update(
        () -> {
          if (failure.isEmpty()) {
            log.warn("Lease {} cannot be read or renewed: {}", lease, cause);
          }
          failure = Optional.of("Lease " + lease + " cannot be read or renewed: " + cause);
        });
  }

  LeaderState state() {
    return monitor.read(() -> state);
  }

  Optional<String> problem() {
    return monitor.read(
        () ->
            state == LeaderState.LOST
                ? Optional.of(leader + " has taken the lead, by Lease " + lease)
                : failure);
  }

  /** Whether the election goes on: neither closed nor lost. */
  boolean isOpen() {
    return monitor.read(() -> !closed && state != LeaderState.LOST);
  }

  /** Waits for a time, or until this is closed. */
  void sleep(Duration time) throws InterruptedException {
    monitor.sleep(time, () -> closed);
  }

  /** Waits until this process leads; {@code false} if this was closed. */
  boolean awaitLead() throws InterruptedException {
    monitor.awaitUntil(() -> state != LeaderState.STANDING_BY || closed);
    return monitor.read(() -> !closed);
  }

  /** Waits until the lead is lost, and returns the new leader. */
  String awaitLoss() throws InterruptedException {
    monitor.awaitUntil(() -> state == LeaderState.LOST);
    return monitor.read(() -> leader);
  }

  /** Ends the election and the wait for the lead; returns whether this is the first call. */
  boolean close() {
    return monitor.change(
        () -> {
          boolean first = !closed;
          closed = true;
          return first;
        });
  }
}
