package io.vminventory.operator;

import io.vminventory.testkit.vcenter.Faults;
import io.vminventory.testkit.vcenter.SimulatedFault;
import io.vminventory.testkit.vcenter.VcenterSimulator;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What a vCenter does by itself: forgets, restarts, answers with nonsense. One thread. */
final class SimulatorTroubles {

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

  SimulatorTroubles(VcenterSimulator vcenter) {
    this.vcenter = vcenter;
  }

  void offer(Trouble.Choice choice) {
    offer(choice, "sessions ended", 4, vcenter::endSessions);
    offer(choice, "restarted", 2, vcenter::restart);
    offer(choice, "collectors forgotten", 4, vcenter::forgetCollectors);
    offer(choice, "versions refused", 4, vcenter::invalidateVersions);
    choice.with("vCenter fails", 10, this::fail);
    choice.with("vCenter tells moves as leaving", 3, this::tell);
  }

  private static void offer(Trouble.Choice choice, String name, int weight, Runnable begin) {
    choice.with(
        "vCenter " + name,
        weight,
        random -> {
          begin.run();
          return "now";
        });
  }

  private String tell(Random random) {
    boolean moves = random.nextBoolean();
    boolean unset = random.nextBoolean();
    vcenter.tellMovesAsLeaveAndEnter(moves);
    vcenter.tellUnsetInEnters(unset);
    return moves + ", and what is unset: " + unset;
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
          case 4 -> SimulatedFault.silence();
          case 5 -> SimulatedFault.soap("NotAuthenticated");
          case 6 -> SimulatedFault.soap("SystemError");
          default ->
              READS.contains(method)
                  ? SimulatedFault.notAuthenticatedInside()
                  : SimulatedFault.httpStatus(500);
        };
    vcenter.faults().afterSome(method, skip, times, fault);
    return "%s, %d times after %d: %s".formatted(method, times, skip, fault);
  }

  private static String any(Random random, List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Does not forget how moves are told: that is no fault. */
  void heal() {
    Faults faults = vcenter.faults();
    faults.clear();
  }
}
