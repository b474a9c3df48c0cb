package io.vminventory.testkit.contract;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/**
 * What came out when a contract was run against something. Tests are called by suite and method,
 * such as {@code Changes.newMachineIsPut}.
 *
 * @param run all tests that were begun
 * @param failed those that failed
 * @param skipped those that need an ability that the fixture does not have
 */
record ContractRun(Set<String> run, Set<String> failed, Set<String> skipped) {

  /** The parameter by which a bound class learns what it is bound to. */
  static final String SUBJECT = "vminventory.contract.subject";

  /** The parameter that says how patient its fixture is. */
  static final String TIMEOUT = "vminventory.contract.timeout";

  static ContractRun of(Class<?> bound, String subject, String timeout) {
    Events tests =
        EngineTestKit.engine("junit-jupiter")
            .configurationParameter(SUBJECT, subject)
            .configurationParameter(TIMEOUT, timeout)
            .selectors(selectClass(bound))
            .execute()
            .testEvents();
    return new ContractRun(names(tests.started()), names(tests.failed()), names(tests.aborted()));
  }

  private static Set<String> names(Events events) {
    return events.map(ContractRun::name).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(Event event) {
    MethodSource source = (MethodSource) event.getTestDescriptor().getSource().orElseThrow();
    return source.getClassName().replaceFirst(".*[.$]", "") + "." + source.getMethodName();
  }
}
