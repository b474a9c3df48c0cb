package io.vminventory.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An implementation that breaks a promise fails exactly the contract tests that state the promise.
 */
@Tag("slow")
class ContractsDetectViolationsTest {

  private static final String UNBROKEN = "unbroken";
  private static final String SINKS = "BoundToABrokenSink.";

  private static final String SOON = "PT0.1S";

  /** For a machine that has stalled. */
  private static final String LATER = "PT0.9S";

  static Stream<BrokenProvider> providers() {
    return BrokenProvider.all();
  }

  static Stream<BrokenSink> sinks() {
    return BrokenSink.all().stream();
  }

  private static ContractRun provider(String name, String timeout) {
    return ContractRun.of(BoundToABrokenProvider.class, name, timeout);
  }

  private static ContractRun sink(String name) {
    return ContractRun.of(BoundToABrokenSink.class, name, SOON);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void brokenProviderFailsTheTestsThatStateItsPromiseAndNoOthers(BrokenProvider broken) {
    Set<String> failed = provider(broken.name(), SOON).failed();
    if (!failed.equals(broken.caughtBy())) {
      failed = provider(broken.name(), LATER).failed();
    }

    assertThat(failed).isEqualTo(broken.caughtBy());
  }

  @Test
  void unbrokenProviderKeepsEveryPromise() {
    ContractRun run = provider(UNBROKEN, "PT10S");

    assertThat(run.failed()).isEmpty();
    assertThat(run.skipped()).containsExactly("Settings.serviceLoaderFindsTheFactory");
  }

  @Test
  void everyPromiseOfAProviderIsBrokenByOneOfThem() {
    Set<String> promises = provider(UNBROKEN, SOON).run();

    assertThat(providers().flatMap(broken -> broken.caughtBy().stream()))
        .containsAll(promises)
        .isSubsetOf(promises);
  }

  @ParameterizedTest
  @MethodSource("sinks")
  void brokenSinkFailsTheTestsThatStateItsPromiseAndNoOthers(BrokenSink broken) {
    assertThat(sink(broken.name()).failed()).isEqualTo(promises(broken));
  }

  private static Set<String> promises(BrokenSink broken) {
    return broken.caughtBy().stream().map(SINKS::concat).collect(Collectors.toSet());
  }

  @Test
  void unbrokenSinkKeepsEveryPromise() {
    ContractRun run = sink(UNBROKEN);

    assertThat(run.failed()).isEmpty();
    assertThat(run.skipped()).isEmpty();
    assertThat(sinks().flatMap(broken -> promises(broken).stream())).containsAll(run.run());
  }
}
