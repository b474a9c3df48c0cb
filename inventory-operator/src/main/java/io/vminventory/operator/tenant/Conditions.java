package io.vminventory.operator.tenant;

import io.vminventory.api.Fact;
import io.vminventory.api.Failure;
import io.vminventory.k8s.Condition;
import io.vminventory.k8s.Names;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import io.vminventory.operator.mirror.MirrorState;
import io.vminventory.operator.mirror.MirrorState.Phase;
import io.vminventory.operator.tenant.PreconditionResult.Suspended;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the conditions of a Tenant say. Pure: a function of what was decided, what the mirror has
 * reached and what the conditions said before.
 *
 * <p>{@code Ready}, {@code Authenticated}, {@code Synced} and {@code VisibilityLimited} are always
 * there; {@code Reconciling} and {@code Stalled} only while they are True, as kstatus wants it.
 */
final class Conditions {

  private static final String READY = "Ready";
  static final String AUTHENTICATED = "Authenticated";
  private static final String SYNCED = "Synced";
  private static final String VISIBILITY_LIMITED = "VisibilityLimited";

  /** A condition without the time and the generation. */
  record Statement(String type, String status, String reason, String message) {}

  private final PreconditionResult admission;
  private final Optional<MirrorState> state;
  private final boolean pending;
  private final Optional<Instant> nextRead;
  private final Map<String, Condition> before;

  /**
   * @param admission whether the Tenant may be mirrored
   * @param state what its mirror has reached, if it has one
   * @param pending whether a read that was asked for is still to come
   * @param nextRead when the next complete read is due by itself; empty if none is
   * @param before the conditions so far
   */
  Conditions(
      PreconditionResult admission,
      Optional<MirrorState> state,
      boolean pending,
      Optional<Instant> nextRead,
      List<Condition> before) {
    this.admission = admission;
    this.state = state;
    this.pending = pending;
    this.nextRead = nextRead;
    this.before =
        before.stream()
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
              "Reconciling", Condition.TRUE, "ReadPending", "a complete read is to come"));
    }
    return statements;
  }

  private Statement ready() {
    return unlessHindered(READY, "UpToDate", "records are up to date" + nextRead());
  }

  private Statement synced() {
    String machines =
        state.flatMap(s -> s.inventory().machines()).map(n -> " of " + n + " machines").orElse("");
    return unlessHindered(
        SYNCED, "ReadComplete", "every record says what the last read" + machines + " said");
  }

  /** True, if a read has ever been finished and nothing stands in the way. */
  private Statement unlessHindered(String type, String reason, String message) {
    boolean read = state.flatMap(s -> s.reads().last()).isPresent();
    return obstacle(type)
        .orElseGet(
            () -> read ? new Statement(type, Condition.TRUE, reason, message) : unknown(type));
  }

  /** What keeps the records from being kept true, if anything does. */
  private Optional<Statement> obstacle(String type) {
    if (admission instanceof Suspended) {
      return Optional.of(
          new Statement(
              type,
              type.equals(READY) ? Condition.FALSE : Condition.UNKNOWN,
              "Suspended",
              "suspend is true: no session is open, and the records stay as they are"));
    }
    if (admission instanceof Unsatisfied refused) {
      return Optional.of(refusal(type, refused));
    }
    Optional<Statement> setback =
        state
            .flatMap(MirrorState::failedAttempt)
            .map(
                s ->
                    new Statement(
                        type, Condition.FALSE, reason(s), LoginRefusals.message(s, admission)));
    return setback.or(
        () -> state.filter(s -> s.inventory().heldDeletions() > 0).map(s -> held(type, s)));
  }

  private String nextRead() {
    return nextRead
        .map(at -> "; next complete read at " + at.truncatedTo(ChronoUnit.SECONDS))
        .orElse("; next complete read when you ask for one");
  }

  private Statement held(String type, MirrorState state) {
    int held = state.inventory().heldDeletions();
    return new Statement(
        type,
        Condition.FALSE,
        "MassDeletionHeld",
        "%d records have no machine any more; so many at once are not deleted unless you confirm"
                .formatted(held)
            + " it: annotate this Tenant with %s=%d"
                .formatted(Names.CONFIRM_DELETION_ANNOTATION, held)
            + nextRead());
  }

  private Statement authenticated() {
    if (admission instanceof Unsatisfied refused && refused.cause().concernsPassword()) {
      return refusal(AUTHENTICATED, refused);
    }
    Optional<FailedAttempt> platform =
        state.flatMap(MirrorState::failedAttempt).filter(s -> s.stage() == Stage.PLATFORM);
    if (platform.isPresent()) {
      String status =
          platform.get().failure() == Failure.DENIED ? Condition.FALSE : Condition.UNKNOWN;
      return new Statement(
          AUTHENTICATED,
          status,
          reason(platform.get()),
          LoginRefusals.message(platform.get(), admission));
    }
    if (state.isPresent()
        && (state.get().reads().count() > 0 || state.get().phase() == Phase.WATCHING)) {
      return new Statement(
          AUTHENTICATED, Condition.TRUE, "LoggedIn", "the server accepted the account");
    }
    if (state.isEmpty()) {
      // Nobody has tried the account since, and it still has to rest when somebody may.
      return said(AUTHENTICATED)
          .filter(last -> last.reason().equals(LoginRefusals.REASON))
          .orElseGet(() -> unknown(AUTHENTICATED));
    }
    return unknown(AUTHENTICATED);
  }

  private Statement visibilityLimited() {
    if (state.isEmpty() || state.get().reads().count() == 0) {
      return said(VISIBILITY_LIMITED).orElseGet(() -> pending(VISIBILITY_LIMITED));
    }
    Map<Fact, Long> unreadable = state.get().inventory().unreadable();
    if (unreadable.isEmpty()) {
      return new Statement(
          VISIBILITY_LIMITED,
          Condition.FALSE,
          "AllReadable",
          "every fact of every machine is readable");
    }
    String facts =
        unreadable.entrySet().stream()
            .map(entry -> entry.getKey() + " of " + entry.getValue())
            .collect(Collectors.joining(", "));
    return new Statement(
        VISIBILITY_LIMITED,
        Condition.TRUE,
        "PropertiesUnreadable",
        "the account may not read, of how many machines: " + facts);
  }

  private boolean stalled() {
    if (admission instanceof Unsatisfied) {
      return true;
    }
    Optional<FailedAttempt> setback = state.flatMap(MirrorState::failedAttempt);
    if (setback.isPresent()) {
      return switch (setback.get().failure()) {
        case DENIED, MISCONFIGURED -> true;
        case UNAVAILABLE, INTERNAL -> false;
      };
    }
    return state.isPresent() && state.get().inventory().heldDeletions() > 0;
  }

  private static Statement refusal(String type, Unsatisfied refused) {
    return new Statement(type, Condition.FALSE, refused.cause().name(), refused.message());
  }

  /** What was said before, unless it was about an obstacle of that time. */
  private Statement unknown(String type) {
    return said(type)
        .filter(last -> !last.status().equals(Condition.FALSE))
        .filter(last -> !last.reason().equals("Suspended"))
        .orElseGet(() -> pending(type));
  }

  private Optional<Statement> said(String type) {
    return Optional.ofNullable(before.get(type))
        .map(last -> new Statement(type, last.status(), last.reason(), last.message()));
  }

  private static Statement pending(String type) {
    return new Statement(type, Condition.UNKNOWN, "ReadPending", "no read has been finished yet");
  }

  /** The reason of conditions and events about a setback. */
  static String reason(FailedAttempt setback) {
    if (setback.stage() == Stage.RECORDS) {
      return "RecordsNotWritten";
    }
    return switch (setback.failure()) {
      case DENIED -> LoginRefusals.REASON;
      case MISCONFIGURED -> "ServerMisconfigured";
      case UNAVAILABLE -> "ServerUnavailable";
      case INTERNAL -> "InternalError";
    };
  }
}
