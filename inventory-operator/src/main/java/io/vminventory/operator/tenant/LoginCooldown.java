package io.vminventory.operator.tenant;

import io.vminventory.k8s.Condition;
import io.vminventory.k8s.TenantStatus;
import io.vminventory.operator.kube.Reason;
import io.vminventory.operator.mirror.FailedAttempt;
import io.vminventory.operator.tenant.PreconditionResult.Satisfied;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cooldown of an account after a refused login, kept in the message of condition {@code
 * Authenticated}: it has to outlast a restart of the operator and a suspension, or these would lock
 * the account. The message holds the user name and the version of the Secret, which identify the
 * account and are not secret. Pure.
 */
final class LoginCooldown {

  private static final String NEXT_ATTEMPT = "; next try at ";
  private static final Pattern MESSAGE =
      Pattern.compile("(.*)" + NEXT_ATTEMPT + "(\\d{4}-\\d\\d-\\d\\dT[0-9:]{8}Z)", Pattern.DOTALL);

  private LoginCooldown() {}

  /** The failure, the next attempt, and what ends the cooldown of a refused account before. */
  static String message(FailedAttempt failure, PreconditionResult preconditions) {
    String message =
        failure.message() + NEXT_ATTEMPT + failure.retryAt().truncatedTo(ChronoUnit.SECONDS);
    return preconditions
        .satisfied()
        .filter(satisfied -> failure.isRefusalOf(satisfied.tenant()))
        .map(satisfied -> message + account(satisfied))
        .orElse(message);
  }

  private static String account(Satisfied satisfied) {
    return ", or as soon as the user name '%s' or the password (Secret version %s) changes"
        .formatted(satisfied.tenant().username(), satisfied.passwordVersion());
  }

  /** The refusal in the status, if it concerns this very account and the cooldown is not over. */
  static Optional<FailedAttempt> restore(TenantStatus status, Satisfied satisfied, Instant now) {
    String account = account(satisfied);
    return status
        .condition(Conditions.AUTHENTICATED)
        .filter(condition -> condition.status().equals(Condition.FALSE))
        .filter(condition -> condition.reason().equals(Reason.LoginRefused.name()))
        .map(Condition::message)
        .filter(message -> message.endsWith(account))
        .map(message -> message.substring(0, message.length() - account.length()))
        .map(MESSAGE::matcher)
        .filter(Matcher::matches)
        .map(
            match ->
                FailedAttempt.restoredRefusal(
                    match.group(1), Instant.parse(match.group(2)), satisfied.tenant(), now))
        .filter(failure -> failure.retryAt().isAfter(now));
  }
}
