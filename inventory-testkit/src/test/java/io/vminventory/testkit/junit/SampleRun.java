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
 * Results of a run of a test class.
 *
 * @param succeeded the number of successful tests
 * @param failures the messages of the others
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

  /** The ports that the tests published under this key, in order. */
  List<Integer> ports(String key) {
    List<Integer> found = new ArrayList<>();
    results
        .allEvents()
        .reportingEntryPublished()
        .map(event -> event.getRequiredPayload(ReportEntry.class))
        .flatMap(entry -> entry.getKeyValuePairs().entrySet().stream())
        .filter(pair -> pair.getKey().equals(key))
        .forEach(pair -> found.add(Integer.valueOf(pair.getValue())));
    return found;
  }

  /** Asserts that connections to this port are refused. */
  static void assertRejected(int port) {
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
        .isInstanceOf(ConnectException.class);
  }
}
