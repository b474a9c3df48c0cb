package io.vminventory.operator.mirror;

import io.vminventory.api.Fact;
import io.vminventory.api.Inventory;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a mirror has reached so far. Immutable; a mirror publishes a new one at each step.
 *
 * @param phase what it does now
 * @param lastRead when the last complete read ended; it may be of an earlier process
 * @param reads how many complete reads this process has finished
 * @param machines how many machines the inventory holds; empty before the first read
 * @param serverVersion what the server calls itself; empty if not known
 * @param unreadable how many machines hide each fact
 * @param answered the requests, of those that are still made, that complete reads have answered
 * @param heldDeletions how many deletions wait for a confirmation
 * @param setback why the last try failed, or what it could not write; empty after a success
 */
public record MirrorState(
    Phase phase,
    Optional<Instant> lastRead,
    int reads,
    Optional<Integer> machines,
    String serverVersion,
    Map<Fact, Long> unreadable,
    Set<String> answered,
    int heldDeletions,
    Optional<FailedAttempt> setback) {

  /** What a mirror does. */
  public enum Phase {
    /** It waits for the next read to become due; no session is open. */
    WAITING,
    /** It logs in, reads or writes. */
    READING,
    /** A session is open and everything it told so far is written. */
    WATCHING
  }

  /**
   * The state of a mirror that has not run yet.
   *
   * @param lastRead when an earlier process finished a complete read
   * @param answered the requests that an earlier process answered
   */
  public static MirrorState initial(Optional<Instant> lastRead, Set<String> answered) {
    return new MirrorState(
        Phase.WAITING,
        lastRead,
        0,
        Optional.empty(),
        "",
        Map.of(),
        Set.copyOf(answered),
        0,
        Optional.empty());
  }

  /**
   * The same for a mirror that begins while an account rests that an earlier process was refused
   * with.
   */
  public MirrorState resting(FailedAttempt refusal) {
    return failed(refusal);
  }

  MirrorState in(Phase next) {
    return new MirrorState(
        next,
        lastRead,
        reads,
        machines,
        serverVersion,
        unreadable,
        answered,
        heldDeletions,
        setback);
  }

  /** The same after a failure; one of the platform has ended the session, if there was one. */
  MirrorState failed(FailedAttempt why) {
    return new MirrorState(
        why.stage() == Stage.PLATFORM ? Phase.WAITING : phase,
        lastRead,
        reads,
        machines,
        serverVersion,
        unreadable,
        answered,
        heldDeletions,
        Optional.of(why));
  }

  /** Forgets the answers to requests that nobody makes any more. */
  MirrorState retaining(Set<String> requests) {
    Set<String> kept = new HashSet<>(answered);
    kept.retainAll(requests);
    return new MirrorState(
        phase,
        lastRead,
        reads,
        machines,
        serverVersion,
        unreadable,
        Set.copyOf(kept),
        heldDeletions,
        setback);
  }

  /** After a complete read that ended at {@code when} and answered {@code requests}. */
  MirrorState read(Instant when, Set<String> requests) {
    Set<String> all = new HashSet<>(answered);
    all.addAll(requests);
    return new MirrorState(
        phase,
        Optional.of(when),
        reads + 1,
        machines,
        serverVersion,
        unreadable,
        Set.copyOf(all),
        heldDeletions,
        setback);
  }

  /**
   * After the sink has taken an inventory.
   *
   * @param unwritten what it could not write, if anything
   */
  MirrorState applied(Inventory inventory, int held, Optional<FailedAttempt> unwritten) {
    return new MirrorState(
        phase,
        lastRead,
        reads,
        Optional.of(inventory.size()),
        inventory.serverVersion(),
        inventory.unreadable(),
        answered,
        held,
        unwritten);
  }
}
