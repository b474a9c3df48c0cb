package io.vminventory.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pages and descriptions of custom resources in plain words; index and links of the pages. */
@Tag("pure")
class PagesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Path INDEX = DOCS.resolve("README.md");

  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern NOT_IN_ANCHORS =
      Pattern.compile("[^\\w\\- ]", Pattern.UNICODE_CHARACTER_CLASS);

  @Test
  void pagesUsePlainWords() throws IOException {
    assertThat(pages()).hasSizeGreaterThan(20);
    assertThat(rejected(pages())).isEmpty();
  }

  @Test
  void descriptionsOfCustomResourcesUsePlainWords() throws IOException {
    try (Stream<Path> definitions = Files.list(ROOT.resolve("inventory-operator/deploy/crds"))) {
      assertThat(rejected(definitions.toList())).isEmpty();
    }
  }

  /** The page of design decisions lists the decisions. */
  @Test
  void indexHasEveryPage() throws IOException {
    Set<Path> pages = new TreeSet<>(pages());
    pages.removeIf(page -> page.startsWith(DOCS.resolve("design")) || page.equals(INDEX));
    assertThat(targets(INDEX)).containsAll(pages).contains(DOCS.resolve("design/README.md"));
  }

  @Test
  void linksLeadToFilesAndHeadings() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (MatchResult link : links(page)) {
        Path target = target(page, link);
        String anchor = link.group(2);
        if (!Files.exists(target)
            || (anchor != null && isPage(target) && !anchors(target).contains(anchor))) {
          broken.add(ROOT.relativize(page) + ": " + link.group());
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  /** Rejected words of files, with their files. */
  private static List<String> rejected(List<Path> files) throws IOException {
    List<String> rejected = new ArrayList<>();
    for (Path file : files) {
      for (String words : PlainWords.rejected(Files.readString(file))) {
        rejected.add(ROOT.relativize(file) + ": " + words);
      }
    }
    return rejected;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(DOCS)) {
      return Stream.concat(top, docs).filter(PagesTest::isPage).sorted().toList();
    }
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md");
  }

  private static Set<Path> targets(Path page) throws IOException {
    return links(page).stream()
        .map(link -> target(page, link))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Path target(Path page, MatchResult link) {
    String file = link.group(1);
    return file.isEmpty() ? page : page.resolveSibling(file).normalize();
  }

  /** The links within the repository. */
  private static List<MatchResult> links(Path page) throws IOException {
    Matcher links = LINK.matcher(PlainWords.withoutCode(Files.readString(page)));
    return links.results().filter(link -> !link.group(1).contains("://")).toList();
  }

  /** The anchors of a page's headings, as GitHub makes them. */
  private static Set<String> anchors(Path page) throws IOException {
    return HEADING
        .matcher(Files.readString(page))
        .results()
        .map(heading -> LINK.matcher(heading.group(1)).replaceAll("").toLowerCase(Locale.ROOT))
        .map(title -> NOT_IN_ANCHORS.matcher(title).replaceAll("").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
