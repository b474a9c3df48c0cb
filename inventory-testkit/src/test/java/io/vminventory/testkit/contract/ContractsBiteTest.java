package io.vminventory.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.vminventory.testkit.fake.FakeProvider;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Whoever breaks a promise is caught by the contract's test of that name, and by few others. */
class ContractsBiteTest {

  private static final Duration SOON = Duration.ofMillis(200);

  /** For a machine that has stalled. */
  private static final Duration LATER = Duration.ofMillis(900);

  private static final BrokenProvider UNBROKEN =
      BrokenProvider.factory("unbroken", FakeProvider::factory);

  static Stream<BrokenProvider> broken() {
    return Stream.of(
            BrokenSettings.all(), BrokenUpdates.all(), BrokenFailures.all(), BrokenSessions.all())
        .flatMap(list -> list.stream());
  }

  static BrokenProvider provider(String name) {
    return Stream.concat(Stream.of(UNBROKEN), broken())
        .filter(provider -> provider.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Events run(BrokenProvider provider, Duration patience) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter(BoundToABrokenProvider.PROVIDER, provider.name())
        .configurationParameter(BoundToABrokenProvider.PATIENCE, patience.toString())
        .selectors(selectClass(BoundToABrokenProvider.class))
        .execute()
        .testEvents();
  }

  private static Set<String> names(Events events) {
    return events.map(ContractsBiteTest::name).collect(Collectors.toCollection(TreeSet::new));
  }

  /** The suite and the test, such as {@code Changes.newMachineIsPut}. */
  private static String name(Event event) {
    var source =
        (org.junit.platform.engine.support.descriptor.MethodSource)
            event.getTestDescriptor().getSource().orElseThrow();
    return source.getClassName().replaceFirst(".*\\$", "") + "." + source.getMethodName();
  }

  @ParameterizedTest
  @MethodSource("broken")
  void brokenPromiseFailsTheTestsThatStateItAndNoOthers(BrokenProvider provider) {
    Set<String> caughtBy = names(run(provider, SOON).failed());
    if (!caughtBy.equals(provider.caughtBy())) {
      caughtBy = names(run(provider, LATER).failed());
    }

    assertThat(caughtBy).isEqualTo(provider.caughtBy());
  }

  @Test
  void unbrokenProviderKeepsEveryPromise() {
    Events events = run(UNBROKEN, Duration.ofSeconds(10));

    assertThat(names(events.failed())).isEmpty();
    assertThat(names(events.aborted())).containsExactly("Settings.serviceLoaderFindsTheFactory");
  }

  @Test
  void everyPromiseIsBrokenBySomebody() {
    Set<String> promises = names(run(UNBROKEN, SOON).started());

    assertThat(broken().flatMap(provider -> provider.caughtBy().stream()))
        .containsAll(promises)
        .isSubsetOf(promises);
  }
}
