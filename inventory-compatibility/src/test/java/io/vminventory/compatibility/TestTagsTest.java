package io.vminventory.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tags of all test classes that have been compiled; CONTRIBUTING.md says what each means. */
@Tag("pure")
class TestTagsTest {

  private static final Path ROOT = Path.of("..");
  private static final Set<String> TAGS = Set.of("pure", "embedded", "slow", "soak");

  static List<Path> testClasses() throws IOException {
    try (Stream<Path> folders = Files.walk(ROOT, 4)) {
      return folders.filter(folder -> folder.endsWith(Path.of("target", "test-classes"))).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("testClasses")
  void eachTestClassHasExactlyOneOfTheTags(Path folder) throws Exception {
    URL[] path = {folder.toUri().toURL(), folder.resolveSibling("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader());
        Stream<Path> files = Files.walk(folder)) {
      List<String> names =
          files
              .map(file -> folder.relativize(file).toString())
              .filter(file -> file.matches("[^$]+(Test|IT)\\.class"))
              .map(file -> file.replace(".class", "").replaceAll("[/\\\\]", "."))
              .toList();
      for (String name : names) {
        Class<?> type = Class.forName(name, false, loader);
        if (!Modifier.isAbstract(type.getModifiers())) {
          assertThat(type.getAnnotationsByType(Tag.class))
              .as("tags of %s, which has to have one of %s", name, TAGS)
              .extracting(Tag::value)
              .singleElement()
              .satisfies(tag -> assertThat(TAGS).contains(tag));
        }
      }
    }
  }
}
