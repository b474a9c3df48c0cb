package io.vminventory.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Fact;
import io.vminventory.api.Failure;
import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import io.vminventory.api.TenantId;
import io.vminventory.k8s.Condition;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.mirror.FailedAttempt.Stage;
import io.vminventory.operator.mirror.MirrorState;
import io.vminventory.operator.mirror.MirrorState.InventorySummary;
import io.vminventory.operator.mirror.MirrorState.Phase;
import io.vminventory.operator.mirror.MirrorState.ReadHistory;
import io.vminventory.operator.tenant.Conditions.Statement;
import io.vminventory.operator.tenant.PreconditionResult.Suspended;
import io.vminventory.operator.tenant.PreconditionResult.Unsatisfied;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("pure")
class ConditionsTest {

  private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
  private static final Instant NEXT = Instant.parse("2026-11-23T12:59:59.9Z");
  private static final Tenant TENANT =
      new Tenant(new TenantId("default", "test"), "user", Secret.of("s3cret"), "target");
  private static final PreconditionResult SATISFIED =
      new PreconditionResult.Satisfied(
          TENANT,
          (tenant, purpose) -> {
            throw new UnsupportedOperationException();
          },
          "48121");

  @Test
  void aCompleteReadMakesEverythingTrue() {
    var conditions = conditions(SATISFIED, state(0, null, Map.of()), false, List.of());
    assertThat(statuses(conditions))
        .isEqualTo(
            Map.of(
                "Ready", "True UpToDate",
                "Authenticated", "True LoggedIn",
                "Synced", "True ReadComplete",
                "VisibilityLimited", "False AllReadable"));
  }

  @Test
  void beforeTheFirstReadNothingIsKnown() {
    var conditions =
        conditions(SATISFIED, MirrorState.initial(Optional.empty(), Set.of()), true, List.of());
    assertThat(statuses(conditions))
        .isEqualTo(
            Map.of(
                "Ready", "Unknown ReadPending",
                "Authenticated", "Unknown ReadPending",
                "Synced", "Unknown ReadPending",
                "VisibilityLimited", "Unknown ReadPending",
                "Reconciling", "True ReadPending"));
  }

  @ParameterizedTest
  @CsvSource({
    "DENIED,False LoginRefused,False LoginRefused,Stalled",
    "UNAVAILABLE,False ServerUnavailable,Unknown ServerUnavailable,Reconciling",
    "MISCONFIGURED,False ServerMisconfigured,Unknown ServerMisconfigured,Stalled",
    "INTERNAL,False InternalError,Unknown InternalError,Reconciling"
  })
  void eachFailureOfThePlatformHasItsReason(
      Failure failure, String ready, String authenticated, String third) {
    FailedAttempt failedAttempt =
        new FailedAttempt(Stage.PLATFORM, failure, "no luck", 1, NOW, TENANT);
    var conditions = conditions(SATISFIED, state(0, failedAttempt, Map.of()), false, List.of());
    assertThat(statuses(conditions))
        .containsEntry("Ready", ready)
        .containsEntry("Synced", ready)
        .containsEntry("Authenticated", authenticated)
        .containsKey(third);
    assertThat(message(conditions, "Ready"))
        .contains("no luck")
        .contains("next try at 2026-11-23T12:00:00Z");
  }

  @Test
  void recordsThatCannotBeWrittenDoNotBlameTheAccount() {
    FailedAttempt failedAttempt =
        new FailedAttempt(Stage.RECORDS, Failure.UNAVAILABLE, "full", 1, NOW, TENANT);
    assertThat(statuses(conditions(SATISFIED, state(0, failedAttempt, Map.of()), false, List.of())))
        .containsEntry("Ready", "False RecordsNotWritten")
        .containsEntry("Synced", "False RecordsNotWritten")
        .containsEntry("Authenticated", "True LoggedIn");
  }

  @Test
  void heldDeletionsSayHowToConfirm() {
    var conditions = conditions(SATISFIED, state(40, null, Map.of()), false, List.of());
    assertThat(statuses(conditions))
        .containsEntry("Synced", "False MassDeletionHeld")
        .containsEntry("Stalled", "True MassDeletionHeld");
    assertThat(message(conditions, "Synced"))
        .contains("40 records")
        .contains("vminventory.io/confirm-deletion=40")
        .endsWith("; next complete read at 2026-11-23T12:59:59Z");
  }

  @Test
  void limitedVisibilityNamesFactsAndCounts() {
    var limited = Map.of(Fact.HOST, 12L, Fact.IPS, 3L);
    var conditions =
        conditions(SATISFIED, state(0, null, new TreeMap<>(limited)), false, List.of());
    assertThat(statuses(conditions))
        .containsEntry("VisibilityLimited", "True PropertiesUnreadable");
    assertThat(message(conditions, "VisibilityLimited")).endsWith("ips of 3, host of 12");
  }

  @Test
  void aMissingPasswordConcernsTheLoginToo() {
    PreconditionResult unsatisfied =
        new Unsatisfied(Reason.SecretNotFound, "Secret 'x' does not exist", "create it");
    assertThat(statuses(conditions(unsatisfied, null, false, List.of())))
        .containsEntry("Ready", "False SecretNotFound")
        .containsEntry("Authenticated", "False SecretNotFound")
        .containsEntry("Stalled", "True SecretNotFound");
  }

  @Test
  void suspendingKeepsKnownFacts() {
    List<Condition> before =
        List.of(
            new Condition("Authenticated", "True", "LoggedIn", "yes", NOW, 1L),
            new Condition("VisibilityLimited", "False", "AllReadable", "all", NOW, 1L));
    assertThat(statuses(conditions(new Suspended(), null, false, before)))
        .isEqualTo(
            Map.of(
                "Ready", "False Suspended",
                "Authenticated", "True LoggedIn",
                "Synced", "Unknown Suspended",
                "VisibilityLimited", "False AllReadable"));
  }

  private static List<Statement> conditions(
      PreconditionResult preconditions,
      @Nullable MirrorState state,
      boolean pending,
      List<Condition> before) {
    return new Conditions(
            preconditions, Optional.ofNullable(state), pending, Optional.of(NEXT), before)
        .statements();
  }

  private static Map<String, String> statuses(List<Statement> statements) {
    return statements.stream()
        .collect(Collectors.toMap(Statement::type, s -> s.status() + " " + s.reason()));
  }

  private static String message(List<Statement> statements, String type) {
    return statements.stream()
        .filter(s -> s.type().equals(type))
        .map(Statement::message)
        .findFirst()
        .orElseThrow();
  }

  private static MirrorState state(
      int held, @Nullable FailedAttempt failedAttempt, Map<Fact, Long> unreadable) {
    return new MirrorState(
        Phase.WATCHING,
        new ReadHistory(Optional.of(NOW), 1, Set.of()),
        new InventorySummary(Optional.of(11), "v", unreadable, held),
        Optional.ofNullable(failedAttempt));
  }
}
