package io.vminventory.testkit.changes;

import java.util.List;
import java.util.Random;

/** Random names of machines: mostly plain, some odd, some already taken. Not thread-safe. */
final class RandomNames {

  private static final List<String> ODD =
      List.of(
          "web %d", "Zürich Größe %d", "日本語サーバー %d", "UPPER_%d.example", "x".repeat(190) + "-%d");

  private final Random random;
  private final boolean mayRepeat;
  private int counter;

  /**
   * @param mayRepeat whether two machines can have the same name
   */
  RandomNames(Random random, boolean mayRepeat) {
    this.random = random;
    this.mayRepeat = mayRepeat;
  }

  /**
   * A name for a machine.
   *
   * @param taken the names of all machines
   */
  String next(List<String> taken) {
    int choice = random.nextInt(10);
    if (choice == 0 && mayRepeat && !taken.isEmpty()) {
      return taken.get(random.nextInt(taken.size()));
    }
    return choice < 4 ? String.format(ODD.get(random.nextInt(ODD.size())), ++counter) : plain("vm");
  }

  /** A unique name. */
  String plain(String prefix) {
    return prefix + "-" + ++counter;
  }
}
