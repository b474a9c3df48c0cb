package io.vminventory.operator.tenant;

import io.vminventory.api.Fact;
import io.vminventory.api.Failure;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.Names;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import io.vminventory.operator.mirror.MirrorState;
import io.vminventory.operator.mirror.MirrorState.Phase;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Conditions of a Tenant. Pure: a function of its preconditions, its mirror's state and the
 * conditions so far.
 *
 * <p>{@code Ready}, {@code Authenticated}, {@code Synced} and {@code VisibilityLimited} are always
 * present; {@code Reconciling} and {@code Stalled} only while they are True, as kstatus demands.
 */
final class Conditions {

  static final String READY = "Ready";
  static final String AUTHENTICATED = "Authenticated";
  private static final String SYNCED = "Synced";
  private static final String VISIBILITY_LIMITED = "VisibilityLimited";

  /** A condition without the time and the generation. */
  record Statement(String type, String status, String reason, String message) {

    Statement(String type, String status, Reason reason, String message) {
      this(type, status, reason.name(), message);
    }
  }

  private final PreconditionResult preconditions;
  private final Optional<MirrorState> state;
  private final boolean pending;
  private final Optional<Instant> nextRead;
  private final Map<String, Condition> previous;

  /**
   * @param preconditions whether the Tenant can be mirrored
   * @param state the state of its mirror, if it has one
   * @param pending whether a requested read has not been handled yet
   * @param nextRead when the next complete read is due without a request; empty if none is
   * @param previous the conditions so far
   */
  Conditions(
      PreconditionResult preconditions,
      Optional<MirrorState> state,
      boolean pending,
      Optional<Instant> nextRead,
      List<Condition> previous) {
    this.preconditions = preconditions;
    this.state = state;
    this.pending = pending;
    this.nextRead = nextRead;
    this.previous =
        previous.stream()
            .collect(Collectors.toMap(Condition::type, c -> c, (first, second) -> first));
  }

  List<Statement> statements() {
    List<Statement> statements = new ArrayList<>();
    Statement ready = ready();
    statements.add(ready);
    statements.add(authenticated());
    statements.add(synced());
    statements.add(visibilityLimited());
    boolean stalled = stalled();
    if (stalled) {
      statements.add(new Statement("Stalled", Condition.TRUE, ready.reason(), ready.message()));
    } else if (pending || (state.isPresent() && !ready.status().equals(Condition.TRUE))) {
      statements.add(
          new Statement(
              "Reconciling", Condition.TRUE, Reason.ReadPending, "a complete read is due"));
    }
    return statements;
  }

  private Statement ready() {
    return unlessBlocked(READY, Reason.UpToDate, "records are up to date" + nextRead());
  }

  private Statement synced() {
    String machines =
        state.flatMap(s -> s.inventory().machines()).map(n -> " of " + n + " machines").orElse("");
    return unlessBlocked(
        SYNCED, Reason.ReadComplete, "every record equals the last read" + machines);
  }

  /** True if a read has ever finished and nothing keeps the records from being updated. */
  private Statement unlessBlocked(String type, Reason reason, String message) {
    boolean read = state.flatMap(s -> s.reads().last()).isPresent();
    return blocked(type)
        .orElseGet(
            () -> read ? new Statement(type, Condition.TRUE, reason, message) : unknown(type));
  }

  /** The statement about what keeps the records from being updated, if anything does. */
  private Optional<Statement> blocked(String type) {
    return preconditions.map(
        satisfied -> failed(type).or(() -> held(type)),
        suspended ->
            Optional.of(
                new Statement(
                    type,
                    type.equals(READY) ? Condition.FALSE : Condition.UNKNOWN,
                    Reason.Suspended,
                    "suspend is true: no session is open, and the records stay as they are")),
        unsatisfied -> Optional.of(statement(type, unsatisfied)));
  }

  private Optional<Statement> failed(String type) {
    return state
        .flatMap(MirrorState::failedAttempt)
        .map(
            failure ->
                new Statement(
                    type,
                    Condition.FALSE,
                    failure.reason(),
                    LoginCooldown.message(failure, preconditions)));
  }

  private String nextRead() {
    return nextRead
        .map(at -> "; next complete read at " + at.truncatedTo(ChronoUnit.SECONDS))
        .orElse("; next complete read when you request one");
  }

  private Optional<Statement> held(String type) {
    return state
        .map(s -> s.inventory().heldDeletions())
        .filter(held -> held > 0)
        .map(
            held ->
                new Statement(
                    type,
                    Condition.FALSE,
                    Reason.MassDeletionHeld,
                    "%d records no longer have a machine; so many are not deleted at once unless you"
                            .formatted(held)
                        + " confirm it: annotate this Tenant with %s=%d"
                            .formatted(Names.CONFIRM_DELETION_ANNOTATION, held)
                        + nextRead()));
  }

  private Statement authenticated() {
    Optional<Unsatisfied> password =
        preconditions.unsatisfied().filter(Unsatisfied::concernsPassword);
    if (password.isPresent()) {
      return statement(AUTHENTICATED, password.get());
    }
    Optional<FailedAttempt> platform =
        state.flatMap(MirrorState::failedAttempt).filter(s -> s.stage() == Stage.PLATFORM);
    if (platform.isPresent()) {
      String status =
          platform.get().failure() == Failure.DENIED ? Condition.FALSE : Condition.UNKNOWN;
      return new Statement(
          AUTHENTICATED,
          status,
          platform.get().reason(),
          LoginCooldown.message(platform.get(), preconditions));
    }
    if (state.isPresent()
        && (state.get().reads().count() > 0 || state.get().phase() == Phase.WATCHING)) {
      return new Statement(
          AUTHENTICATED, Condition.TRUE, Reason.LoggedIn, "the server accepted the account");
    }
    if (state.isEmpty()) {
      // The account has not been tried since, so its cooldown still counts.
      return previous(AUTHENTICATED)
          .filter(last -> last.reason().equals(Reason.LoginRefused.name()))
          .orElseGet(() -> unknown(AUTHENTICATED));
    }
    return unknown(AUTHENTICATED);
  }

  private Statement visibilityLimited() {
    if (state.isEmpty() || state.get().reads().count() == 0) {
      return previous(VISIBILITY_LIMITED).orElseGet(() -> pending(VISIBILITY_LIMITED));
    }
    Map<Fact, Long> unreadable = state.get().inventory().unreadable();
    if (unreadable.isEmpty()) {
      return new Statement(
          VISIBILITY_LIMITED,
          Condition.FALSE,
          Reason.AllReadable,
          "every fact of every machine is readable");
    }
    String facts =
        unreadable.entrySet().stream()
            .map(entry -> entry.getKey() + " of " + entry.getValue())
            .collect(Collectors.joining(", "));
    return new Statement(
        VISIBILITY_LIMITED,
        Condition.TRUE,
        Reason.PropertiesUnreadable,
        "the account cannot read (fact of number of machines): " + facts);
  }

  private boolean stalled() {
    if (preconditions.unsatisfied().isPresent()) {
      return true;
    }
    Optional<FailedAttempt> failure = state.flatMap(MirrorState::failedAttempt);
    if (failure.isPresent()) {
      return switch (failure.get().failure()) {
        case DENIED, MISCONFIGURED -> true;
        case UNAVAILABLE, INTERNAL -> false;
      };
    }
    return state.isPresent() && state.get().inventory().heldDeletions() > 0;
  }

  private static Statement statement(String type, Unsatisfied unsatisfied) {
    return new Statement(type, Condition.FALSE, unsatisfied.reason(), unsatisfied.message());
  }

  /** The statement so far, unless it was about what was blocking at that time. */
  private Statement unknown(String type) {
    return previous(type)
        .filter(last -> !last.status().equals(Condition.FALSE))
        .filter(last -> !last.reason().equals(Reason.Suspended.name()))
        .orElseGet(() -> pending(type));
  }

  private Optional<Statement> previous(String type) {
    return Optional.ofNullable(previous.get(type))
        .map(last -> new Statement(type, last.status(), last.reason(), last.message()));
  }

  private static Statement pending(String type) {
    return new Statement(type, Condition.UNKNOWN, Reason.ReadPending, "no read has finished yet");
  }
}
