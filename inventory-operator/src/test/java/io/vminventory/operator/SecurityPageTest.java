package io.vminventory.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever the page about security claims, a test shows that it names. */
@Tag("pure")
class SecurityPageTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern NAME =
      Pattern.compile("`([A-Z]\\w+(?:Test|IT|Scenarios))\\.(\\w+)`");

  @Test
  void everyTestThatThePageNamesIsThere() throws Exception {
    Map<String, String> sources = tests();
    List<String> missing = new ArrayList<>();
    int named = 0;
    Matcher names = NAME.matcher(Files.readString(ROOT.resolve("docs/security.md")));
    for (; names.find(); named++) {
      if (!isTest(names.group(2), sources.getOrDefault(names.group(1), ""))) {
        missing.add(names.group());
      }
    }
    assertThat(missing).isEmpty();
    assertThat(named).isGreaterThan(40);
  }

  @Test
  void everyTableRowOfTheClaimsNamesATest() throws Exception {
    String page = Files.readString(ROOT.resolve("docs/security.md"));
    List<String> rows =
        page.substring(page.indexOf("## What stops them"), page.indexOf("## What is not defended"))
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| claim"))
            .toList();
    assertThat(rows).isNotEmpty().allMatch(row -> NAME.matcher(row).find());
  }

  /** Whether the method is there and is annotated; methods are apart by empty lines. */
  private static boolean isTest(String method, String source) {
    int at = source.indexOf(" void " + method + "(");
    String head = at < 0 ? "" : source.substring(source.lastIndexOf("\n\n", at), at);
    return head.contains("  @Test\n") || head.contains("  @ParameterizedTest\n");
  }

  /** The sources of all tests by the names of their classes. */
  private static Map<String, String> tests() throws IOException {
    Map<String, String> sources = new HashMap<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.map(m -> m.resolve("src/test/java")).toList()) {
        if (Files.isDirectory(module)) {
          try (Stream<Path> files = Files.walk(module)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
              String name = file.getFileName().toString().replace(".java", "");
              sources.merge(name, Files.readString(file), String::concat);
            }
          }
        }
      }
    }
    return sources;
  }
}
