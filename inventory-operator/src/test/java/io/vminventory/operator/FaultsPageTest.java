package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The page about faults and the tests of faults say the same. */
@Tag("pure")
class FaultsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "faults.md");
  private static final Pattern NAME = Pattern.compile("`(\\w+)\\.(\\w+)`");

  private static final List<Class<?>> FAULTS =
      List.of(
          VcenterFaultScenarios.class,
          SimulatorFaultsTest.class,
          AccountFaultsTest.class,
          IdleSessionsTest.class,
          ApiServerFaultScenarios.class,
          ClusterFaultsTest.class,
          ExternalChangeScenarios.class,
          OperatorDeathScenarios.class);

  @Test
  void everyTestThatThePageNamesIsThereAndIsNamed() throws Exception {
    Set<String> named = new TreeSet<>();
    Matcher names = NAME.matcher(Files.readString(PAGE));
    while (names.find()) {
      named.add(names.group(1) + "." + names.group(2));
    }
    Set<String> tests = new TreeSet<>();
    for (Class<?> type : FAULTS) {
      Arrays.stream(type.getDeclaredMethods())
          .filter(FaultsPageTest::isTest)
          .forEach(method -> tests.add(type.getSimpleName() + "." + method.getName()));
    }
    assertThat(named).isEqualTo(tests).hasSizeGreaterThanOrEqualTo(28);
  }

  private static boolean isTest(Method method) {
    return method.isAnnotationPresent(Test.class)
        || method.isAnnotationPresent(ParameterizedTest.class);
  }
}
