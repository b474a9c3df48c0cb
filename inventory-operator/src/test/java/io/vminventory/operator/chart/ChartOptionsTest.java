package io.vminventory.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.vminventory.operator.chart.Chart.Manifest;
import io.vminventory.operator.config.RunOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every option of {@code run} can be set through the chart. */
@Tag("pure")
class ChartOptionsTest {

  private static final Pattern ENVIRONMENT = Pattern.compile("Environment: (\\w+)\\.");

  @Test
  void everyVariableOfTheChartBelongsToAnOption() {
    assertThat(options().keySet()).containsAll(variables());
  }

  @Test
  void optionsWithoutAValueAreListedAtExtraArgs() throws IOException {
    Map<String, String> unset = options();
    unset.keySet().removeAll(variables());
    // The chart configures servers in a file for --config, which excludes those options.
    unset.keySet().removeIf(variable -> variable.startsWith("VCENTER_"));
    Matcher comment =
        Pattern.compile("(?m)((?:^# .*\\R)+)extraArgs:")
            .matcher(Files.readString(Chart.FOLDER.resolve("values.yaml")));
    assertThat(comment.find()).isTrue();
    assertThat(
            Pattern.compile("--[a-z-]+")
                .matcher(comment.group(1))
                .results()
                .map(found -> found.group())
                .toList())
        .containsExactlyInAnyOrderElementsOf(unset.values());
  }

  /** Options by their environment variables. */
  private static Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    for (OptionSpec option : CommandSpec.forAnnotatedObject(new RunOptions()).options()) {
      Matcher variable = ENVIRONMENT.matcher(String.join(" ", option.description()));
      assertThat(variable.find()).as(option.longestName()).isTrue();
      options.put(variable.group(1), option.longestName());
    }
    return options;
  }

  private static Set<String> variables() {
    return Chart.render(Chart.values("everything")).stream()
        .map(Manifest::object)
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .flatMap(
            deployment -> deployment.getSpec().getTemplate().getSpec().getContainers().stream())
        .flatMap(container -> container.getEnv().stream())
        .map(EnvVar::getName)
        // From extraEnv, not of the operator.
        .filter(name -> !name.equals("TZ"))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
