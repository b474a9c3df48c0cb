package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The contributors' page of fault tests names a test for each fault of the users' page. */
@Tag("pure")
class FaultsPageTest {

  /** The first cell of a table's row, but not of its head. */
  private static final Pattern FAULT = Pattern.compile("(?m)^\\| ([^|\\n]+) \\|.*\\|$(?!\\R\\|-)");

  private static final List<Class<?>> SCENARIOS =
      List.of(
          VcenterFaultScenarios.class,
          SimulatorFaultsTest.class,
          AccountFaultsTest.class,
          IdleSessionsTest.class,
          ApiServerFaultScenarios.class,
          ClusterFaultsTest.class,
          ExternalChangeScenarios.class,
          OperatorTerminationScenarios.class);

  private final String faults = Files.readString(CompiledTests.DOCS.resolve("faults.md"));
  private final String tests =
      Files.readString(CompiledTests.DOCS.resolve("contributing").resolve("fault-tests.md"));

  FaultsPageTest() throws Exception {}

  @Test
  void everyFaultOfTheUsersPageHasATest() {
    assertThat(faults(tests)).isEqualTo(faults(faults)).hasSizeGreaterThan(40);
    assertThat(CompiledTests.references(tests)).hasSize(faults(tests).size());
  }

  @Test
  void namedTestsExistAndAreAllOfTheScenarios() throws Exception {
    List<String> named = CompiledTests.references(tests);
    Set<String> existing = new TreeSet<>();
    SCENARIOS.forEach(type -> existing.addAll(CompiledTests.of(type)));
    assertThat(named).containsAll(existing);
    try (CompiledTests compiled = new CompiledTests()) {
      assertThat(named).allMatch(compiled::contains, "is a test");
    }
  }

  private static List<String> faults(String page) {
    return FAULT.matcher(page).results().map(found -> found.group(1).strip()).toList();
  }
}
