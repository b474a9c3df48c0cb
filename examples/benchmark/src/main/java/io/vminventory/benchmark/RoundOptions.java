package io.vminventory.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for the number of rounds. */
final class RoundOptions {

  @Option(names = "--warm-ups", defaultValue = "3", description = "Rounds before the measurement.")
  private int warmUps = 3;

  @Option(names = "--rounds", defaultValue = "5", description = "Measured rounds.")
  private int rounds = 5;

  @Option(
      names = "--at-most",
      defaultValue = "PT4M",
      description =
          "Time after which no further round begins; one round of each case is always measured.")
  private Duration timeLimit = Duration.ofMinutes(4);

  RoundOptions() {}

  RoundOptions(int warmUps, int rounds, Duration timeLimit) {
    this.warmUps = warmUps;
    this.rounds = rounds;
    this.timeLimit = timeLimit;
  }

  /**
   * Measures all cases, one round of each in turn, so that other load on the machine affects all of
   * them.
   */
  List<Measurement> alternate(List<BenchmarkCase> cases) throws Exception {
    long deadline = System.nanoTime() + timeLimit.toNanos();
    for (int i = 0; i < warmUps; i++) {
      for (BenchmarkCase benchmarkCase : cases) {
        Round unused = benchmarkCase.run();
      }
      if (System.nanoTime() > deadline) {
        break;
      }
    }
    List<List<Round>> roundsByCase = new ArrayList<>();
    cases.forEach(benchmarkCase -> roundsByCase.add(new ArrayList<>()));
    for (int i = 0; i < rounds && (i == 0 || System.nanoTime() < deadline); i++) {
      for (int j = 0; j < cases.size(); j++) {
        roundsByCase.get(j).add(cases.get(j).run());
      }
    }
    List<Measurement> measurements = new ArrayList<>();
    for (int j = 0; j < cases.size(); j++) {
      measurements.add(new Measurement(cases.get(j).label(), roundsByCase.get(j)));
    }
    return measurements;
  }
}
