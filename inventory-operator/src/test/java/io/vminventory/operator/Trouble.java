package io.vminventory.operator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One way in which things go wrong, or are made to. */
interface Trouble {

  /**
   * Begins it and says what it is. How many numbers it draws may depend on numbers drawn, and on
   * what the world is like, but not on time.
   */
  String begin(Random random);

  /** A trouble with its name, and how often it comes compared with others. */
  record Named(String name, int weight, Trouble trouble) {}

  /** Troubles to choose from. One thread. */
  final class Choice {
    private final List<Named> all = new ArrayList<>();

    Choice with(String name, int weight, Trouble trouble) {
      all.add(new Named(name, weight, trouble));
      return this;
    }

    Named pick(Random random) {
      int left = random.nextInt(all.stream().mapToInt(Named::weight).sum());
      for (Named each : all) {
        left -= each.weight();
        if (left < 0) {
          return each;
        }
      }
      throw new IllegalStateException("no trouble left");
    }
  }
}
