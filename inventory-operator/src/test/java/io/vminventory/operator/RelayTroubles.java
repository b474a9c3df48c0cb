package io.vminventory.operator;

import io.vminventory.testkit.relay.FaultRelay;
import io.vminventory.testkit.relay.RelayFault;
import io.vminventory.testkit.relay.RelayRequest;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;

/** What a network does to the operator's connections to one server. One thread. */
final class RelayTroubles {

  private final String server;
  private final FaultRelay relay;
  private final boolean deadAreReset;
  private boolean dead;

  /**
   * @param server its name
   * @param deadAreReset whether the connections that a black hole has killed are reset when it is
   *     over, so that their owner learns of it; otherwise they say nothing for ever
   */
  RelayTroubles(String server, FaultRelay relay, boolean deadAreReset) {
    this.server = server;
    this.relay = relay;
    this.deadAreReset = deadAreReset;
  }

  void offer(Trouble.Choice choice) {
    offer(choice, "reset", 4, random -> RelayFault.reset());
    offer(choice, "resetNext", 2, random -> RelayFault.resetNext(1 + random.nextInt(3)));
    offer(
        choice,
        "cut",
        3,
        random -> RelayFault.cutAfter(random.nextInt(6_000), 1 + random.nextInt(3)));
    offer(choice, "hold", 2, random -> RelayFault.hold());
    offer(choice, "delay", 2, random -> RelayFault.delay(millis(5 + random.nextInt(100))));
    offer(choice, "drip", 1, random -> RelayFault.drip(2_000 + random.nextInt(50_000)));
    offer(choice, "refuse", 2, random -> RelayFault.refuse());
    offer(choice, "corrupt", 2, random -> RelayFault.corruptAfter(random.nextInt(6_000)));
    choice.with(
        server + " blackHole",
        1,
        random -> {
          dead = true;
          return inject(RelayFault.blackHole());
        });
  }

  /** Statuses that the relay answers with, instead of the server. */
  void offerStatuses(
      Trouble.Choice choice, List<Integer> statuses, Predicate<RelayRequest> requests) {
    offer(
        choice,
        "status",
        4,
        random -> {
          RelayFault.HttpStatus fault =
              RelayFault.httpStatus(statuses.get(random.nextInt(statuses.size())))
                  .times(1 + random.nextInt(4))
                  .on(requests);
          return fault.status() == 429 ? fault.retryAfter(Duration.ofSeconds(1)) : fault;
        });
  }

  private void offer(Trouble.Choice choice, String name, int weight, Draw draw) {
    choice.with(server + " " + name, weight, random -> inject(draw.fault(random)));
  }

  /** Makes a fault. */
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
    if (dead && deadAreReset) {
      relay.inject(RelayFault.reset());
    }
    dead = false;
  }

  private static Duration millis(int count) {
    return Duration.ofMillis(count);
  }
}
