package io.vminventory.operator.mirror;

import io.vminventory.api.Failure;
import io.vminventory.api.TenantId;
import java.time.Duration;

/** How long to wait after a failure, and by how much tenants are spread in time. Pure. */
final class Retry {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofMinutes(2);

  /** Directory accounts lock after a few wrong passwords, so a refused one rests this long. */
  private static final Duration AFTER_DENIAL = Duration.ofMinutes(5);

  private Retry() {}

  /**
   * The wait before the next try.
   *
   * @param attempts how many tries in a row have failed, at least 1
   */
  static Duration after(Failure failure, int attempts, TenantId tenant) {
    return switch (failure) {
      case DENIED -> AFTER_DENIAL;
      case MISCONFIGURED, UNAVAILABLE, INTERNAL -> {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, 10));
        Duration bounded = doubled.compareTo(MOST) > 0 ? MOST : doubled;
        yield spread(bounded, tenant);
      }
    };
  }

  /**
   * Between 90 % and 100 % of a time, always the same for the same tenant: tenants that start
   * together do not stay together, and none waits longer than it was promised.
   */
  static Duration spread(Duration time, TenantId tenant) {
    int permille = Math.floorMod(tenant.hashCode() * 0x9E3779B9, 100);
    return time.minus(time.multipliedBy(permille).dividedBy(1000));
  }
}
