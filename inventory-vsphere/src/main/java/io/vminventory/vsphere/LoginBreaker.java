package io.vminventory.vsphere;

import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Circuit breaker for logins: it remembers accounts that the server has refused, with the password.
 * Each further attempt, by any tenant with the same account, could lock it. Thread-safe.
 */
final class LoginBreaker {

  private final Duration cooldown;
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

  private record Refusal(Secret password, Deadline end) {}

  /**
   * @param cooldown how long an account is not tried again after a refusal
   */
  LoginBreaker(Duration cooldown) {
    this.cooldown = cooldown;
  }

  /** How long not to try this account with this password; empty if it can be tried now. */
  Optional<Duration> cooldownLeft(Tenant tenant) {
    return Optional.ofNullable(refusals.get(tenant.username()))
        .filter(refusal -> refusal.password().equals(tenant.password()))
        .map(refusal -> Duration.ofNanos(refusal.end().nanosLeft()))
        .filter(left -> left.compareTo(Duration.ZERO) > 0);
  }

  void recordRefusal(Tenant tenant) {
    refusals.values().removeIf(refusal -> refusal.end().nanosLeft() <= 0);
    refusals.put(tenant.username(), new Refusal(tenant.password(), Deadline.in(cooldown)));
  }
}
