package io.vminventory.vsphere;

import io.vminventory.api.Secret;
import io.vminventory.api.Tenant;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which accounts the server has refused with which password. Each further try, by
 * whichever tenant has the account, could lock it. Thread-safe.
 */
final class LoginBreaker {

  private final Duration rest;
  private final Map<String, Refusal> refusals = new ConcurrentHashMap<>();

  private record Refusal(Secret password, Deadline end) {}

  /**
   * @param rest how long an account is left alone after a refusal
   */
  LoginBreaker(Duration rest) {
    this.rest = rest;
  }

  /** How long not to try this account with this password; empty if it may be tried now. */
  Optional<Duration> resting(Tenant tenant) {
    return Optional.ofNullable(refusals.get(tenant.username()))
        .filter(refusal -> refusal.password().equals(tenant.password()))
        .map(refusal -> Duration.ofNanos(refusal.end().nanosLeft()))
        .filter(left -> left.compareTo(Duration.ZERO) > 0);
  }

  void refused(Tenant tenant) {
    refusals.values().removeIf(refusal -> refusal.end().nanosLeft() <= 0);
    refusals.put(tenant.username(), new Refusal(tenant.password(), Deadline.in(rest)));
  }
}
