package io.vminventory.operator;

import io.vminventory.testkit.vcenter.Faults;
import io.vminventory.testkit.vcenter.SimulatedFault;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Random faults of the simulated vCenter itself. Used by one thread. */
final class RandomVcenterFaults {

  private static final List<String> READS =
      List.of("RetrievePropertiesEx", "ContinueRetrievePropertiesEx", "WaitForUpdatesEx");
  private static final List<String> METHODS =
      List.of(
          "RetrievePropertiesEx",
          "ContinueRetrievePropertiesEx",
          "WaitForUpdatesEx",
          "CreateContainerView",
          "CreatePropertyCollector",
          "CreateFilter",
          "CancelWaitForUpdates",
          "Logout");

  private final VcenterSimulator vcenter;

  RandomVcenterFaults(VcenterSimulator vcenter) {
    this.vcenter = vcenter;
  }

  void addTo(InjectedFault.Pool pool) {
    addTo(pool, "sessions ended", 4, vcenter::endSessions);
    addTo(pool, "restarted", 2, vcenter::restart);
    addTo(pool, "collectors forgotten", 4, vcenter::discardCollectors);
    addTo(pool, "versions refused", 4, vcenter::invalidateVersions);
    pool.add("vCenter fails", 10, this::fail);
    pool.add("vCenter reports moves as leaving", 3, this::changeReporting);
  }

  private static void addTo(InjectedFault.Pool pool, String name, int weight, Runnable begin) {
    pool.add(
        "vCenter " + name,
        weight,
        random -> {
          begin.run();
          return "now";
        });
  }

  private String changeReporting(Random random) {
    boolean moves = random.nextBoolean();
    boolean unset = random.nextBoolean();
    vcenter.reportMovesAsLeaveAndEnter(moves);
    vcenter.reportUnsetOnEnter(unset);
    return moves + ", unset properties: " + unset;
  }

  private String fail(Random random) {
    String method = any(random, random.nextInt(3) == 0 ? METHODS : READS);
    int skip = random.nextInt(3);
    int times = 1 + random.nextInt(3);
    SimulatedFault fault =
        switch (random.nextInt(8)) {
          case 0 -> SimulatedFault.httpStatus(503);
          case 1 -> SimulatedFault.garbage();
          case 2 -> SimulatedFault.cutAfter(random.nextInt(4_000));
          case 3 -> SimulatedFault.delay(Duration.ofMillis(random.nextInt(500)));
          case 4 -> SimulatedFault.noResponse();
          case 5 -> SimulatedFault.soap("NotAuthenticated");
          case 6 -> SimulatedFault.soap("SystemError");
          default ->
              READS.contains(method)
                  ? SimulatedFault.notAuthenticatedPerProperty()
                  : SimulatedFault.httpStatus(500);
        };
    vcenter.faults().injectAfter(method, skip, times, fault);
    return "%s, %d times after %d: %s".formatted(method, times, skip, fault);
  }

  private static String any(Random random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Ends the faults; the way moves are reported stays, since it is not a fault. */
  void heal() {
    Faults faults = vcenter.faults();
    faults.clear();
  }
}
