package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each claim of the page about security has tests, which a page for contributors names. */
@Tag("pure")
class SecurityPageTest {

  private static final Pattern CLAIM = Pattern.compile("(?m)^- \\*\\*([^*]+)\\*\\*:");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| (.*`.*) \\|$");

  private final String security = Files.readString(CompiledTests.DOCS.resolve("security.md"));
  private final String tests =
      Files.readString(CompiledTests.DOCS.resolve("contributing").resolve("security-tests.md"));

  SecurityPageTest() throws Exception {}

  @Test
  void everyNamedTestExists() throws Exception {
    try (CompiledTests compiled = new CompiledTests()) {
      assertThat(CompiledTests.references(tests))
          .hasSizeGreaterThan(40)
          .allMatch(compiled::contains, "is a test");
    }
  }

  @Test
  void everyClaimHasTests() {
    String claims =
        security.substring(security.indexOf("## Claims"), security.indexOf("## Accepted risks"));
    assertThat(ROW.matcher(tests).results())
        .allSatisfy(row -> assertThat(CompiledTests.references(row.group(2))).isNotEmpty())
        .extracting(row -> row.group(1))
        .isEqualTo(found(CLAIM, claims))
        .hasSizeGreaterThan(30);
  }

  private static List<String> found(Pattern pattern, String page) {
    return pattern.matcher(page).results().map(match -> match.group(1)).toList();
  }
}
