package io.vminventory.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How often things are measured. */
final class RoundOptions {

  @Option(names = "--warm-ups", defaultValue = "3", description = "Rounds that do not count.")
  private int warmUps = 3;

  @Option(names = "--rounds", defaultValue = "5", description = "Rounds that count.")
  private int rounds = 5;

  @Option(
      names = "--at-most",
      defaultValue = "PT4M",
      description = "No round begins later than this after the first, but for one of each.")
  private Duration atMost = Duration.ofMinutes(4);

  RoundOptions() {}

  RoundOptions(int warmUps, int rounds, Duration atMost) {
    this.warmUps = warmUps;
    this.rounds = rounds;
    this.atMost = atMost;
  }

  /**
   * Measures all, one round of each in turn, so that whatever else the machine does meanwhile is
   * there for each of them.
   */
  List<Measurement> alternate(List<Contender> contenders) throws Exception {
    long end = System.nanoTime() + atMost.toNanos();
    for (int i = 0; i < warmUps; i++) {
      for (Contender contender : contenders) {
        Sample unused = contender.round();
      }
      if (System.nanoTime() > end) {
        break;
      }
    }
    List<List<Sample>> samples = new ArrayList<>();
    contenders.forEach(contender -> samples.add(new ArrayList<>()));
    for (int i = 0; i < rounds && (i == 0 || System.nanoTime() < end); i++) {
      for (int j = 0; j < contenders.size(); j++) {
        samples.get(j).add(contenders.get(j).round());
      }
    }
    List<Measurement> measurements = new ArrayList<>();
    for (int j = 0; j < contenders.size(); j++) {
      measurements.add(new Measurement(contenders.get(j).what(), samples.get(j)));
    }
    return measurements;
  }
}
