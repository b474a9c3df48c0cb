package io.vminventory.examples.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.api.Failure;
import io.vminventory.api.VirtualMachine;
import io.vminventory.api.VirtualMachineId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class SettlingTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Settling SETTLING =
      new Settling(Duration.ofMillis(250), Duration.ofSeconds(3));
  private static final Observation MISSING =
      new Observation(
          "",
          new Observation.Content.Unusable(Failure.UNAVAILABLE, "it is missing", "put it back"));

  private static Ledger ledger(String... names) {
    return Ledger.of(
        Arrays.stream(names)
            .map(
                name ->
                    new Ledger.Entry(
                        VirtualMachine.builder(new VirtualMachineId(name), name).build(),
                        Set.of("ann")))
            .toList(),
        false);
  }

  private static Observation whole(Ledger ledger, boolean ended) {
    return new Observation("", new Observation.Content.Whole(ledger, ended));
  }

  private static Verdict after(Duration still, Optional<Ledger> accepted, Observation observation) {
    return SETTLING.decide(accepted, observation, NOW.minus(still), NOW.minus(still), NOW);
  }

  @Test
  void newRowsAreAcceptedAtTheSecondCheck() {
    Ledger more = ledger("a", "b");
    Optional<Ledger> before = Optional.of(ledger("a"));

    assertThat(after(Duration.ZERO, before, whole(more, true))).isEqualTo(new Verdict.Unsettled());
    assertThat(after(Duration.ofMillis(250), before, whole(more, true)))
        .isEqualTo(new Verdict.Settled(more));
  }

  @Test
  void missingRowsAreAcceptedAfterTheSettleTime() {
    Ledger fewer = ledger("a");
    Optional<Ledger> before = Optional.of(ledger("a", "b"));

    assertThat(after(Duration.ofMillis(2999), before, whole(fewer, true)))
        .isEqualTo(new Verdict.Unsettled());
    assertThat(after(Duration.ofSeconds(3), before, whole(fewer, true)))
        .isEqualTo(new Verdict.Settled(fewer));
  }

  @Test
  void textThatStopsWithinALineIsAcceptedAfterTheSettleTime() {
    Ledger ledger = ledger("a");

    assertThat(after(Duration.ofSeconds(2), Optional.empty(), whole(ledger, false)))
        .isEqualTo(new Verdict.Unsettled());
    assertThat(after(Duration.ofSeconds(3), Optional.empty(), whole(ledger, false)))
        .isEqualTo(new Verdict.Settled(ledger));
  }

  @Test
  void problemIsReportedAfterTheSettleTime() {
    assertThat(after(Duration.ofSeconds(2), Optional.of(ledger("a")), MISSING))
        .isEqualTo(new Verdict.Unsettled());
    assertThat(after(Duration.ofSeconds(3), Optional.of(ledger("a")), MISSING))
        .isEqualTo(new Verdict.Broken(Failure.UNAVAILABLE, "it is missing", "put it back"));
  }

  @Test
  void fileThatKeepsChangingIsReported() {
    assertThat(
            SETTLING.decide(Optional.empty(), MISSING, NOW, NOW.minus(Duration.ofSeconds(30)), NOW))
        .isInstanceOfSatisfying(
            Verdict.Broken.class,
            broken -> assertThat(broken.failure()).isEqualTo(Failure.UNAVAILABLE));
  }
}
