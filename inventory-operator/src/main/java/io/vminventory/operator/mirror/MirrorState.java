package io.vminventory.operator.mirror;

import io.vminventory.api.Fact;
import io.vminventory.api.Inventory;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Progress of a mirror. Immutable; the mirror publishes a new one at each step.
 *
 * @param phase what the mirror does now
 * @param reads the complete reads so far
 * @param inventory what the sink has taken last
 * @param failedAttempt the last attempt, if it failed or left records unwritten
 */
public record MirrorState(
    Phase phase,
    ReadHistory reads,
    InventorySummary inventory,
    Optional<FailedAttempt> failedAttempt) {

  /** Activity of a mirror. */
  public enum Phase {
    /** No session is open; the mirror waits until the next read is due. */
    WAITING,
    /** The mirror logs in, reads or writes. */
    READING,
    /** A session is open, and all of its updates so far are written. */
    WATCHING
  }

  /**
   * Complete reads of a tenant.
   *
   * @param last when the last one ended, perhaps in an earlier process
   * @param count how many this process has finished
   * @param handled the requests that a complete read has handled and that are still made
   */
  public record ReadHistory(Optional<Instant> last, int count, Set<String> handled) {

    public ReadHistory {
      handled = Set.copyOf(handled);
    }

    private ReadHistory add(Instant ended, Set<String> requests) {
      return new ReadHistory(
          Optional.of(ended),
          count + 1,
          Stream.concat(handled.stream(), requests.stream()).collect(Collectors.toSet()));
    }

    private ReadHistory retaining(Set<String> requests) {
      return new ReadHistory(
          last, count, handled.stream().filter(requests::contains).collect(Collectors.toSet()));
    }
  }

  /**
   * Figures of the inventory that the sink has taken last.
   *
   * @param machines the number of machines; empty if this process has applied no inventory yet
   * @param serverVersion the server's own description of itself; empty if not known
   * @param unreadable the number of machines that hide each fact
   * @param heldDeletions the number of deletions that wait for a confirmation
   */
  public record InventorySummary(
      Optional<Integer> machines,
      String serverVersion,
      Map<Fact, Long> unreadable,
      int heldDeletions) {

    private static final InventorySummary NONE =
        new InventorySummary(Optional.empty(), "", Map.of(), 0);

    private static InventorySummary of(Inventory inventory, int heldDeletions) {
      return new InventorySummary(
          Optional.of(inventory.size()),
          inventory.serverVersion(),
          inventory.unreadable(),
          heldDeletions);
    }
  }

  /**
   * State of a mirror that has not run yet.
   *
   * @param lastRead when an earlier process finished a complete read
   * @param handled the requests that an earlier process handled
   */
  public static MirrorState initial(Optional<Instant> lastRead, Set<String> handled) {
    return new MirrorState(
        Phase.WAITING,
        new ReadHistory(lastRead, 0, handled),
        InventorySummary.NONE,
        Optional.empty());
  }

  /** This state after a failure; a failure of the platform ends the session, if one is open. */
  public MirrorState failed(FailedAttempt attempt) {
    Phase next = attempt.stage() == Stage.PLATFORM ? Phase.WAITING : phase;
    return new MirrorState(next, reads, inventory, Optional.of(attempt));
  }

  MirrorState withPhase(Phase next) {
    return new MirrorState(next, reads, inventory, failedAttempt);
  }

  /** This state without the handled requests that are made no more. */
  MirrorState retainingHandled(Set<String> requests) {
    return new MirrorState(phase, reads.retaining(requests), inventory, failedAttempt);
  }

  /** This state after a complete read that ended at this time and handled these requests. */
  MirrorState read(Instant ended, Set<String> requests) {
    return new MirrorState(phase, reads.add(ended, requests), inventory, failedAttempt);
  }

  /**
   * This state after the sink has taken an inventory.
   *
   * @param unwritten the attempt as a failed one, if some records could not be written
   */
  MirrorState applied(Inventory taken, int heldDeletions, Optional<FailedAttempt> unwritten) {
    return new MirrorState(phase, reads, InventorySummary.of(taken, heldDeletions), unwritten);
  }
}
