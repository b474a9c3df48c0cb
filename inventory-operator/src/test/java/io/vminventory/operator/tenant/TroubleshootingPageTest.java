package io.vminventory.operator.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.vminventory.operator.tenant.PreconditionResult.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page about troubles names every reason that a condition can have, and no other. */
@Tag("pure")
class TroubleshootingPageTest {

  private static final Path PAGE = Path.of("..", "docs", "troubleshooting.md");
  private static final Path CONDITIONS =
      Path.of("src", "main", "java", "io", "vminventory", "operator", "tenant", "Conditions.java");
  private static final Path RECORDS =
      Path.of("..", "inventory-k8s-sink", "src", "main", "java", "io", "vminventory", "k8s")
          .resolve(Path.of("sink", "RecordCondition.java"));

  private static final Set<String> TYPES =
      Set.of(
          "Ready",
          "Authenticated",
          "Synced",
          "VisibilityLimited",
          "Reconciling",
          "Stalled",
          "Partial",
          "Stale");

  private static final Pattern WORD = Pattern.compile("\"([A-Z][A-Za-z]+)\"");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `([A-Za-z]+)` \\|");

  @Test
  void everyReasonIsExplainedAndNoOther() throws IOException {
    Set<String> reasons = words(CONDITIONS);
    reasons.addAll(words(RECORDS));
    reasons.removeAll(TYPES);
    reasons.add(LoginRefusals.REASON);
    reasons.addAll(Arrays.stream(Reason.values()).map(Reason::name).collect(Collectors.toSet()));

    String page = Files.readString(PAGE);
    Set<String> explained = find(FIRST_CELL, page.substring(page.indexOf("\n## Reasons\n")));

    assertThat(explained).isEqualTo(reasons).hasSizeGreaterThanOrEqualTo(22);
  }

  private static Set<String> words(Path source) throws IOException {
    return find(WORD, Files.readString(source));
  }

  private static Set<String> find(Pattern pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
