package io.vminventory.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random fault that a soak test injects. */
interface InjectedFault {

  /**
   * Starts the fault and describes it. How many random numbers it draws may depend on earlier ones
   * and on the machines, but not on time.
   */
  String begin(Random random);

  /** Fault with its name and relative frequency. */
  record Weighted(String name, int weight, InjectedFault fault) {}

  /** Weighted faults to choose from. Used by one thread. */
  final class Pool {
    private final List<Weighted> all = new ArrayList<>();

    Pool add(String name, int weight, InjectedFault fault) {
      all.add(new Weighted(name, weight, fault));
      return this;
    }

    Weighted pick(Random random) {
      int left = random.nextInt(all.stream().mapToInt(Weighted::weight).sum());
      for (Weighted each : all) {
        left -= each.weight();
        if (left < 0) {
          return each;
        }
      }
      throw new IllegalStateException("the pool is empty");
    }
  }
}
