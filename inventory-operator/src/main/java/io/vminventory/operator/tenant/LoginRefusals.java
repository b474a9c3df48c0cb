package io.vminventory.operator.tenant;

import io.vminventory.k8s.Condition;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.tenant.PreconditionResult.Satisfied;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the condition of a refused login says, and reads it again: the rest of an account has to
 * outlast a restart of the operator and a suspension, or these would lock it. The condition names
 * user and version of the Secret, which tell whether the same account is meant and are no secrets.
 * Pure.
 */
final class LoginRefusals {

  static final String REASON = "LoginRefused";

  private static final String NEXT_TRY = "; next try at ";
  private static final Pattern SENTENCE =
      Pattern.compile("(.*)" + NEXT_TRY + "(\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}Z)", Pattern.DOTALL);

  private LoginRefusals() {}

  /** The message, with what ends the rest if the account is still the one that was refused. */
  static String message(FailedAttempt setback, PreconditionResult admission) {
    String sentence = sentence(setback.message(), setback.retryAt());
    return admission instanceof Satisfied admitted && setback.isRefusalOf(admitted.tenant())
        ? sentence + account(admitted)
        : sentence;
  }

  static String sentence(String message, Instant retryAt) {
    return message + NEXT_TRY + retryAt.truncatedTo(ChronoUnit.SECONDS);
  }

  private static String account(Satisfied admitted) {
    return ", or as soon as the user name '%s' or the password (Secret version %s) is another one"
        .formatted(admitted.tenant().username(), admitted.passwordVersion());
  }

  /** The refusal that the status tells of, if it is of this very account and still rests. */
  static Optional<FailedAttempt> remembered(TenantStatus status, Satisfied admitted, Instant now) {
    String account = account(admitted);
    return status
        .condition(Conditions.AUTHENTICATED)
        .filter(condition -> condition.status().equals(Condition.FALSE))
        .filter(condition -> condition.reason().equals(REASON))
        .map(Condition::message)
        .filter(message -> message.endsWith(account))
        .map(message -> message.substring(0, message.length() - account.length()))
        .map(SENTENCE::matcher)
        .filter(Matcher::matches)
        .map(
            match ->
                FailedAttempt.restoredRefusal(
                    match.group(1), Instant.parse(match.group(2)), admitted.tenant(), now))
        .filter(setback -> setback.retryAt().isAfter(now));
  }
}
