package io.vminventory.testkit.junit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * What came out when a class of tests was run.
 *
 * @param succeeded how many tests did
 * @param failures what the others threw
 */
record SampleRun(EngineExecutionResults results, long succeeded, List<String> failures) {

  static SampleRun of(Class<?> tests) {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter").selectors(selectClass(tests)).execute();
    List<String> failures = new ArrayList<>();
    results
        .allEvents()
        .finished()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .forEach(thrown -> failures.add(String.valueOf(thrown.getMessage())));
    return new SampleRun(results, results.testEvents().succeeded().count(), failures);
  }

  /** The ports that the tests said under this key, in their order. */
  List<Integer> ports(String key) {
    List<Integer> found = new ArrayList<>();
    results
        .allEvents()
        .reportingEntryPublished()
        .map(event -> event.getRequiredPayload(ReportEntry.class))
        .flatMap(entry -> entry.getKeyValuePairs().entrySet().stream())
        .filter(said -> said.getKey().equals(key))
        .forEach(said -> found.add(Integer.valueOf(said.getValue())));
    return found;
  }

  /** Nobody listens there any more. */
  static void assertRefused(int port) {
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }
}
