package io.vminventory.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vminventory.api.TenantId;
import io.vminventory.testkit.fake.FakeProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page about metrics, the alerts and the dashboard know the metrics that there are. */
@Tag("pure")
class MetricsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "metrics.md");
  private static final Path OBSERVABILITY = Path.of("deploy", "observability");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(vminventory_\\w+)` \\| (\\w+) \\|");
  private static final Pattern TYPE = Pattern.compile("(?m)^# TYPE (vminventory_\\w+) (\\w+)$");
  private static final Pattern NAME = Pattern.compile("\\bvminventory_\\w+");
  private static final Pattern WORD = Pattern.compile("[a-zA-Z_]\\w*");

  /** What of an expression names no metric. */
  private static final Pattern NO_METRIC =
      Pattern.compile(
          "\\{[^}]*}|\\[[^]]*]|\\b(by|on) *\\([^)]*\\)|[a-z_]+ *\\(|\\b(and|or|unless|by|on|sum|count|max)\\b");

  private final Metrics metrics = new Metrics();

  @BeforeEach
  void setUp() {
    metrics.registerReadiness(() -> true);
    assertThat(metrics.instrument("default", new FakeProvider())).isNotNull();
    metrics.update(
        new TenantId("team", "test"),
        "default",
        new TenantGauges(true, false, Optional.of(1), Optional.empty(), Optional.empty(), 0));
  }

  @AfterEach
  void tearDown() {
    metrics.close();
  }

  @Test
  void thePageListsTheMetricsThatThereAreWithTheirTypes() throws Exception {
    Map<String, String> exposed = pairs(TYPE, metrics.scrape());
    assertThat(pairs(ROW, Files.readString(PAGE))).isEqualTo(exposed).hasSizeGreaterThan(15);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alerts.yaml", "dashboard.json"})
  void everyExpressionNamesMetricsThatThereAre(String file) throws Exception {
    Set<String> named = new TreeSet<>();
    collect(read(OBSERVABILITY.resolve(file)), named);
    assertThat(named).hasSizeGreaterThan(5).isSubsetOf(series());
  }

  @Test
  void theQuestionsOfThePageNameMetricsThatThereAre() throws Exception {
    Set<String> known = series();
    known.addAll(pairs(TYPE, metrics.scrape()).keySet());
    assertThat(NAME.matcher(Files.readString(PAGE)).results().map(MatchResult::group))
        .hasSizeGreaterThan(20)
        .isSubsetOf(known);
  }

  private Set<String> series() {
    return metrics
        .scrape()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Object read(Path file) throws IOException {
    return new KubernetesSerialization().unmarshal(Files.readString(file), Map.class);
  }

  private static void collect(Object node, Set<String> named) {
    if (node instanceof Map<?, ?> map) {
      if (map.get("expr") instanceof String expression) {
        Matcher words = WORD.matcher(NO_METRIC.matcher(expression).replaceAll(" "));
        while (words.find()) {
          named.add(words.group());
        }
      }
      map.values().forEach(value -> collect(value, named));
    } else if (node instanceof Iterable<?> list) {
      list.forEach(value -> collect(value, named));
    }
  }

  private static Map<String, String> pairs(Pattern pattern, String text) {
    Map<String, String> pairs = new TreeMap<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      pairs.put(matcher.group(1), matcher.group(2));
    }
    return pairs;
  }
}
