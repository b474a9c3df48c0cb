package io.vminventory.operator;

import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.relay.RelayFault;
import io.vminventory.testkit.relay.RelayRequest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** Random network faults between the operator and one server. Used by one thread. */
final class RandomRelayFaults {

  private final String server;
  private final FaultRelay relay;
  private final boolean resetDeadConnections;
  private boolean blackHoled;

  /**
   * @param server name of the server
   * @param resetDeadConnections whether connections of a black hole are reset when it ends;
   *     otherwise they stay silent for ever
   */
  RandomRelayFaults(String server, FaultRelay relay, boolean resetDeadConnections) {
    this.server = server;
    this.relay = relay;
    this.resetDeadConnections = resetDeadConnections;
  }

  void addTo(InjectedFault.Pool pool) {
    addTo(pool, "reset", 4, random -> RelayFault.reset());
    addTo(pool, "resetNext", 2, random -> RelayFault.resetNext(1 + random.nextInt(3)));
    addTo(
        pool,
        "cut",
        3,
        random -> RelayFault.cutAfter(random.nextInt(6_000), 1 + random.nextInt(3)));
    addTo(pool, "hold", 2, random -> RelayFault.hold());
    addTo(pool, "delay", 2, random -> RelayFault.delay(millis(5 + random.nextInt(100))));
    addTo(pool, "throttle", 1, random -> RelayFault.throttle(2_000 + random.nextInt(50_000)));
    addTo(pool, "refuse", 2, random -> RelayFault.refuse());
    addTo(pool, "corrupt", 2, random -> RelayFault.corruptAfter(random.nextInt(6_000)));
    pool.add(
        server + " blackHole",
        1,
        random -> {
          blackHoled = true;
          return inject(RelayFault.blackHole());
        });
  }

  /** Adds HTTP statuses that the relay returns in place of the server. */
  void addStatusesTo(
      InjectedFault.Pool pool, List<Integer> statuses, Predicate<RelayRequest> requests) {
    addTo(
        pool,
        "status",
        4,
        random -> {
          RelayFault.HttpStatus fault =
              RelayFault.httpStatus(statuses.get(random.nextInt(statuses.size())))
                  .times(1 + random.nextInt(4))
                  .matching(requests);
          return fault.status() == 429 ? fault.retryAfter(Duration.ofSeconds(1)) : fault;
        });
  }

  private void addTo(InjectedFault.Pool pool, String name, int weight, Draw draw) {
    pool.add(server + " " + name, weight, random -> inject(draw.fault(random)));
  }

  /** Draws a fault. */
  private interface Draw {
    RelayFault fault(Random random);
  }

  private String inject(RelayFault fault) {
    relay.inject(fault);
    return fault instanceof RelayFault.HttpStatus status
        ? status.times() + " times " + status.status()
        : fault.toString();
  }

  void heal() {
    relay.heal();
    if (blackHoled && resetDeadConnections) {
      relay.inject(RelayFault.reset());
    }
    blackHoled = false;
  }

  private static Duration millis(int count) {
    return Duration.ofMillis(count);
  }
}
