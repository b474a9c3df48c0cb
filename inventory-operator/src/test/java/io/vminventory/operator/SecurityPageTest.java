package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each claim of the page about security is proved by a test that it names. */
@Tag("pure")
class SecurityPageTest {

  private final String page = Files.readString(CompiledTests.DOCS.resolve("security.md"));

  SecurityPageTest() throws Exception {}

  @Test
  void everyNamedTestExists() throws Exception {
    try (CompiledTests tests = new CompiledTests()) {
      assertThat(CompiledTests.references(page))
          .hasSizeGreaterThan(40)
          .allMatch(tests::contains, "is a test");
    }
  }

  @Test
  void everyClaimNamesATest() {
    List<String> rows =
        page.substring(page.indexOf("## What stops them"), page.indexOf("## What is not defended"))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| claim"))
            .toList();
    assertThat(rows)
        .isNotEmpty()
        .allSatisfy(row -> assertThat(CompiledTests.references(row)).isNotEmpty());
  }
}
